package dev.tidemark.cli.it;

import java.util.concurrent.ThreadLocalRandom;

/** Where the chances of a test come from: another seed each time, printed; {@code -Dseed=} runs one again. */
final class Seeds {
    private Seeds() {}

    static long next(Class<?> test) {
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000_000L));
        System.out.println(test.getSimpleName() + ": -Dseed=" + seed);
        return seed;
    }
}
