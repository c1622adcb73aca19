package dev.tidemark.topic;

import java.nio.charset.StandardCharsets;

/**
 * Which partition a project lives on: what the Java client picks by itself for a record whose key is the project's UTF-8
 * bytes. Source: {@code Utils.murmur2} and {@code BuiltInPartitioner.partitionForKey} of kafka-clients, after Austin
 * Appleby's MurmurHash2.
 */
public final class Partitions {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int SHIFT = 24;

    private Partitions() {}

    /**
     * @param recordedCount partitions at first start; a live count that differs would move projects
     * @return from 0
     */
    public static int of(String project, int recordedCount) {
        if (recordedCount <= 0) throw new IllegalArgumentException("no partitions: " + recordedCount);
        return (murmur2(project.getBytes(StandardCharsets.UTF_8)) & Integer.MAX_VALUE) % recordedCount;
    }

    public static int murmur2(byte[] bytes) {
        int hash = SEED ^ bytes.length;
        int whole = bytes.length & ~3;
        for (int at = 0; at < whole; at += Integer.BYTES) hash = (hash * MULTIPLIER) ^ scrambled(word(bytes, at));
        if (whole < bytes.length) hash = (hash ^ tail(bytes, whole)) * MULTIPLIER;
        hash = (hash ^ (hash >>> 13)) * MULTIPLIER;
        return hash ^ (hash >>> 15);
    }

    private static int scrambled(int word) {
        int product = word * MULTIPLIER;
        return (product ^ (product >>> SHIFT)) * MULTIPLIER;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    private static int tail(byte[] bytes, int from) {
        int tail = 0;
        for (int i = bytes.length - 1; i >= from; i--) tail = tail << 8 | (bytes[i] & 0xff);
        return tail;
    }
}
