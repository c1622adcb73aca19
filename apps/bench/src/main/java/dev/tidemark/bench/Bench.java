package dev.tidemark.bench;

import dev.tidemark.bench.command.BenchCommands;
import dev.tidemark.cli.Surroundings;

/** Entry of {@code tidemark bench}. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(BenchCommands.run(Surroundings.ofProcess(), arguments));
    }
}
