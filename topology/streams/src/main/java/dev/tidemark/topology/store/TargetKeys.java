package dev.tidemark.topology.store;

import dev.tidemark.topology.serde.Keys;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** Keys of {@code cursors-by-target}: targets, and beside them what is known of replicas by name. */
public final class TargetKeys {
    private TargetKeys() {}

    public static Bytes target(String project, String name) {
        return Keys.named(project, "t\0" + name);
    }

    /** Prefix of a project's targets; the rest of a key is the name. */
    public static byte[] targets(String project) {
        return Keys.named(project, "t\0").get();
    }

    /** Whether a key of that project is one of a target. */
    public static boolean isTarget(String project, Bytes key) {
        byte[] prefix = targets(project);
        byte[] bytes = key.get();
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    public static Bytes replica(String project, String name) {
        return Keys.named(project, "r\0" + name);
    }
}
