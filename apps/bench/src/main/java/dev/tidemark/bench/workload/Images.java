package dev.tidemark.bench.workload;

import java.util.SplittableRandom;

/** Images of one size: a few fields of several kinds and a text of words, so that they compress as such data does. */
public final class Images {
    private static final String[] WORDS = {
        "amber",
        "basin",
        "cedar",
        "delta",
        "ember",
        "fjord",
        "grove",
        "harbor",
        "inlet",
        "jetty",
        "kelp",
        "lagoon",
        "marsh",
        "north",
        "ocean",
        "pebble",
        "quay",
        "ridge",
        "shoal",
        "tide",
        "upland",
        "valley",
        "wharf",
        "yonder",
        "anchor",
        "breaker",
        "current",
        "drift",
        "estuary",
        "foam",
        "gull",
        "haze",
        "island",
        "keel",
        "leeward",
        "mast",
        "net",
        "oar",
        "pier",
        "reef",
        "sail",
        "tern",
        "undertow",
        "vessel",
        "wave",
        "bay",
        "cape",
        "dune",
        "ebb",
        "flood"
    };

    private final long seed;
    private final int bytes;

    public Images(long seed, int bytes) {
        this.seed = seed;
        this.bytes = bytes;
    }

    /** @param revision of the entity; another one is another image */
    public String of(int project, int entity, long revision) {
        SplittableRandom random = new SplittableRandom(seed ^ (long) project << 56 ^ (long) entity << 24 ^ revision);
        StringBuilder image = new StringBuilder(bytes + 16)
                .append("{\"title\":\"")
                .append(word(random))
                .append(' ')
                .append(entity)
                .append("\",\"revision\":")
                .append(revision)
                .append(",\"owner\":\"user-")
                .append(random.nextInt(10_000))
                .append("\",\"done\":")
                .append(random.nextBoolean())
                .append(",\"weight\":")
                .append(random.nextInt(100))
                .append('.')
                .append(1 + random.nextInt(9))
                .append(",\"tags\":[\"")
                .append(word(random))
                .append("\"],\"body\":\"");
        while (image.length() < bytes - 2) image.append(word(random)).append(' ');
        image.setLength(Math.max(bytes - 2, image.lastIndexOf("\"") + 1));
        return image.append("\"}").toString();
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
