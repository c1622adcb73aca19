package dev.tidemark.algebra;

import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Mutation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Every SHA-256 of Tidemark (semantics, sections 3, 7, 8). All text is hashed as UTF-8, all numbers are big-endian.
 *
 * <p>Invariant: each method leaves its thread's digest reset.
 */
public final class Hashes {
    /** Length of a body hash. */
    public static final int BODY_BYTES = 16;

    private static final byte SEPARATOR = 0;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Hashes::newSha256);

    private Hashes() {}

    public static Hash image(String canonicalImage) {
        return new Hash(sha256(canonicalImage));
    }

    /** What a live entity adds to the digests of its project and bucket. */
    public static Digest entry(String path, Hash imageHash) {
        MessageDigest sha256 = SHA_256.get();
        sha256.update(utf8(path));
        sha256.update(SEPARATOR);
        return Digest.of(sha256.digest(imageHash.toBytes()));
    }

    /** Bucket of an entity, 0 to 255. */
    public static int bucket(String path) {
        return Byte.toUnsignedInt(sha256(path)[0]);
    }

    public static Epoch epoch(String clusterId, String logTopicId, long generation) {
        MessageDigest sha256 = SHA_256.get();
        sha256.update(utf8(clusterId));
        sha256.update(SEPARATOR);
        sha256.update(utf8(logTopicId));
        sha256.update(SEPARATOR);
        byte[] hash = sha256.digest(
                ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
        return new Epoch(ByteBuffer.wrap(hash).getLong());
    }

    /** Body hash of a mutation whose JSON values are canonical: tells a re-send from a local seq used twice. */
    public static byte[] body(Mutation canonicalMutation) {
        return bodyHash(MutationBody.ofCanonical(canonicalMutation));
    }

    /** Body hash of a mutation that was refused as received. Never throws; equals {@link #body} if all values are JSON. */
    public static byte[] bodyOfRefused(Mutation raw) {
        return bodyHash(MutationBody.ofRefused(raw));
    }

    static byte[] sha256(String text) {
        return SHA_256.get().digest(utf8(text));
    }

    private static byte[] bodyHash(String body) {
        return Arrays.copyOf(sha256(body), BODY_BYTES);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
