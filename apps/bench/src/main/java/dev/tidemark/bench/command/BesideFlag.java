package dev.tidemark.bench.command;

import dev.tidemark.bench.pipeline.Bare;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which bare topologies run beside Tidemark. */
final class BesideFlag {
    @Option(
            names = "--beside",
            split = ",",
            paramLabel = "NAME,…",
            converter = Named.class,
            description = "bare topologies to compare with (default pass-through and one-store)")
    private List<Bare> bares = List.of(Bare.values());

    /** In the order in which they are shown. */
    List<Bare> bares() {
        return Arrays.stream(Bare.values()).filter(bares::contains).toList();
    }

    private static final class Named implements ITypeConverter<Bare> {
        @Override
        public Bare convert(String text) {
            for (Bare bare : Bare.values()) if (bare.label().equals(text.toLowerCase(Locale.ROOT))) return bare;
            throw new TypeConversionException(text + " is neither pass-through nor one-store");
        }
    }
}
