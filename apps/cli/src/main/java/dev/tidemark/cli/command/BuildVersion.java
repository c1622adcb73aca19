package dev.tidemark.cli.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The release, as the jar's manifest says. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return new String[] {"tidemark " + Objects.requireNonNullElse(version, "(unpackaged)")};
    }
}
