package dev.tidemark.bench.place;

import dev.tidemark.cli.Tidemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How child processes are started: a server by the launcher, as a user does it, and with its flags where that cannot be. */
final class Launch {
    /** Set by the launcher to its own path. */
    private static final String LAUNCHER = "tidemark.launcher";

    /** The launcher's flags for servers. */
    private static final List<String> SERVER_FLAGS =
            List.of("-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto");

    private Launch() {}

    static List<String> tidemark(List<String> arguments) {
        String launcher = System.getProperty(LAUNCHER);
        List<String> command = new ArrayList<>();
        if (launcher != null) command.add(launcher);
        else command.addAll(java(Tidemark.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Another main class of this program, as a server. */
    static List<String> java(String main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SERVER_FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return command;
    }
}
