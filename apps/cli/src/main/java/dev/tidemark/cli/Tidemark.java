package dev.tidemark.cli;

import dev.tidemark.cli.command.Commands;

/** Entry of the {@code tidemark} command. */
public final class Tidemark {
    private Tidemark() {}

    public static void main(String[] arguments) {
        System.exit(Commands.run(Surroundings.ofProcess(), arguments));
    }
}
