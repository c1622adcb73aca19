package dev.tidemark.topology.serde;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the stores. Names never contain a zero byte, so it ends each of them; numbers are 8 bytes big-endian, so that the
 * order of keys is the order of numbers. Keys that begin with a zero byte are Tidemark's own (sentinels).
 */
public final class Keys {
    /** Row that says that a store was begun and never lost; see the fence. */
    public static final Bytes SENTINEL = Bytes.wrap(new byte[] {0, 's'});

    private static final int NUMBER_BYTES = 8;

    private Keys() {}

    public static Bytes of(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Everything of a project: the key itself, and the prefix of longer ones. */
    public static byte[] project(String project) {
        return new RowWriter(project.length() + 1).raw(utf8(project)).octet(0).toBytes();
    }

    public static Bytes named(String project, String name) {
        return Bytes.wrap(
                new RowWriter(64).raw(utf8(project)).octet(0).raw(utf8(name)).toBytes());
    }

    public static Bytes seq(String project, CloudSeq seq) {
        return numbered(project, seq.value());
    }

    public static Bytes ordinal(String project, Ordinal ordinal) {
        return numbered(project, ordinal.value());
    }

    public static Bytes numbered(String project, long number) {
        return Bytes.wrap(new RowWriter(project.length() + 9)
                .raw(utf8(project))
                .octet(0)
                .fixed(number)
                .toBytes());
    }

    /** The number at the end of a key. */
    public static long number(Bytes key) {
        return new RowReader(Arrays.copyOfRange(key.get(), key.get().length - NUMBER_BYTES, key.get().length)).fixed();
    }

    /** The project that a key begins with. */
    public static String projectOf(Bytes key) {
        byte[] bytes = key.get();
        int end = 0;
        while (bytes[end] != 0) end++;
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** The replica that a key begins with. */
    public static ReplicaId replicaOf(Bytes key) {
        byte[] bytes = key.get();
        String[] names = new String[3];
        int from = 0;
        for (int i = 0; i < names.length; i++) {
            int end = from;
            while (bytes[end] != 0) end++;
            names[i] = new String(bytes, from, end - from, StandardCharsets.UTF_8);
            from = end + 1;
        }
        return new ReplicaId(names[0], names[1], names[2]);
    }

    public static Bytes replica(ReplicaId replica) {
        return Bytes.wrap(replicaPrefix(replica));
    }

    public static Bytes origin(ReplicaId replica, long localSeq) {
        return Bytes.wrap(
                new RowWriter(96).raw(replicaPrefix(replica)).fixed(localSeq).toBytes());
    }

    /** Key of the mapping: local seqs count anew in every epoch of the project. */
    public static Bytes mapped(ReplicaId replica, Epoch epoch, long localSeq) {
        return Bytes.wrap(new RowWriter(96)
                .raw(replicaPrefix(replica))
                .fixed(epoch.bits())
                .fixed(localSeq)
                .toBytes());
    }

    /** The epoch of a key of the mapping. */
    public static Epoch epochOfMapped(Bytes key) {
        int end = key.get().length - NUMBER_BYTES;
        return new Epoch(new RowReader(Arrays.copyOfRange(key.get(), end - NUMBER_BYTES, end)).fixed());
    }

    public static Bytes bucket(String project, int bucket) {
        return Bytes.wrap(new RowWriter(64)
                .raw(utf8(project))
                .octet(0)
                .octet('b')
                .octet(bucket)
                .toBytes());
    }

    public static Bytes digestSeen(String project) {
        return Bytes.wrap(
                new RowWriter(64).raw(utf8(project)).octet(0).octet('d').toBytes());
    }

    public static Bytes bucketAt(String project, int bucket, long seq) {
        return Bytes.wrap(new RowWriter(64)
                .raw(utf8(project))
                .octet(0)
                .octet(bucket)
                .fixed(seq)
                .toBytes());
    }

    public static Bytes typeCount(String project, String entity) {
        return Bytes.wrap(new RowWriter(64)
                .raw(utf8(project))
                .octet(0)
                .octet('t')
                .raw(utf8(entity))
                .toBytes());
    }

    /** Prefix of the index rows of one value; long values stand by their hash, so that keys are bounded. */
    public static byte[] indexPrefix(String project, String entity, String field, String value) {
        byte[] identity = sha256(utf8(field + '\0' + value));
        return new RowWriter(160)
                .raw(utf8(project))
                .octet(0)
                .raw(utf8(entity))
                .octet(0)
                .raw(Arrays.copyOf(identity, 16))
                .toBytes();
    }

    public static Bytes index(String project, String entity, String field, String value, String path) {
        return Bytes.wrap(new RowWriter(256)
                .raw(indexPrefix(project, entity, field, value))
                .raw(utf8(path))
                .toBytes());
    }

    public static Bytes timed(long timeMs, String project, long seq) {
        return Bytes.wrap(new RowWriter(96)
                .fixed(timeMs)
                .raw(utf8(project))
                .octet(0)
                .fixed(seq)
                .toBytes());
    }

    public static byte[] replicaPrefix(ReplicaId replica) {
        return new RowWriter(96)
                .raw(utf8(replica.project()))
                .octet(0)
                .raw(utf8(replica.replica()))
                .octet(0)
                .raw(utf8(replica.incarnation()))
                .octet(0)
                .toBytes();
    }

    /** The key after every key with that prefix. */
    public static Bytes after(byte[] prefix) {
        byte[] end = prefix.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != (byte) 0xFF) {
                end[i]++;
                return Bytes.wrap(Arrays.copyOf(end, i + 1));
            }
        }
        throw new IllegalArgumentException("a prefix of nothing but 0xFF has no end");
    }

    /** What follows the prefix, as text. */
    public static String suffix(Bytes key, int prefixLength) {
        byte[] bytes = key.get();
        return new String(bytes, prefixLength, bytes.length - prefixLength, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
