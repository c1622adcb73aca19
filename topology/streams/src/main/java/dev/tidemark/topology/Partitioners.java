package dev.tidemark.topology;

import dev.tidemark.topic.Partitions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** Where records go: by project, modulo the recorded partition count and never the live one. */
final class Partitioners {
    private Partitioners() {}

    /** The key is a project. */
    static StreamPartitioner<byte[], byte[]> byProjectKey(int recorded) {
        return (topic, key, value, live) -> at(new String(key, StandardCharsets.UTF_8), recorded);
    }

    /** The key begins with a project, up to the first slash. */
    static StreamPartitioner<byte[], byte[]> byProjectOfPath(int recorded) {
        return (topic, key, value, live) -> at(new String(key, 0, firstSlash(key), StandardCharsets.UTF_8), recorded);
    }

    /** The key may be anything, or nothing. */
    static StreamPartitioner<byte[], byte[]> anywhere(int recorded) {
        return (topic, key, value, live) -> at(text(key), recorded);
    }

    private static Optional<Set<Integer>> at(String project, int recorded) {
        return Optional.of(Set.of(Partitions.of(project, recorded)));
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.ISO_8859_1);
    }

    private static int firstSlash(byte[] key) {
        int at = 0;
        while (at < key.length && key[at] != '/') at++;
        return at;
    }
}
