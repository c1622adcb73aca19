package dev.tidemark.fuzz;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The seeds of one target, in the folder that Jazzer takes them from ({@code <Class>Inputs/<method>}), and what they are when they
 * are broken at random: as much fuzzing as a build has time for. {@code -Dseed=} replays a run, {@code -Diterations=} lengthens it.
 */
public final class SeedCorpus {
    /** Broken seeds of each target. */
    private static final int ITERATIONS = Integer.getInteger("iterations", 3_000);
    /** Longest that one input may take: a thousand times what any should, for a machine that does other things. */
    private static final Duration SLOWEST = Duration.ofSeconds(5);

    private final Class<?> target;
    private final List<byte[]> seeds;

    private SeedCorpus(Class<?> target, List<byte[]> seeds) {
        this.target = target;
        this.seeds = seeds;
    }

    /** @throws IllegalStateException if the target has no seeds */
    public static SeedCorpus of(Class<?> target) {
        URL folder = target.getResource(target.getSimpleName() + "Inputs");
        if (folder == null) throw new IllegalStateException(target.getSimpleName() + " has no seeds");
        try (Stream<Path> files = Files.walk(Path.of(folder.toURI()))) {
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) seeds.add(Files.readAllBytes(file));
            return new SeedCorpus(target, List.copyOf(seeds));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot read the seeds of " + target.getSimpleName(), e);
        }
    }

    /** What a target does with one input; throws where a promise is broken. */
    public interface Check {
        void on(byte[] input) throws IOException;
    }

    /** @throws AssertionError that names the seed to replay and the file with the input */
    public void eachBroken(Check check) {
        long seed = Long.getLong("seed", System.nanoTime());
        Breaking breaking = new Breaking(new Random(seed), seeds);
        for (int i = 0; i < ITERATIONS; i++) {
            byte[] input = breaking.next();
            long startNs = System.nanoTime();
            try {
                check.on(input);
            } catch (Throwable found) {
                throw new AssertionError(found.getMessage() + "; " + kept(input, seed), found);
            }
            if (System.nanoTime() - startNs > SLOWEST.toNanos())
                throw new AssertionError("took longer than " + SLOWEST.toSeconds() + " s; " + kept(input, seed));
        }
    }

    private String kept(byte[] input, long seed) {
        Path file = Path.of("target", "found", target.getSimpleName() + "-" + seed);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, input);
        } catch (IOException e) {
            throw new IllegalStateException("cannot keep what was found", e);
        }
        return "the input is in apps/fuzz/" + file + ", replay with -Dseed=" + seed;
    }
}
