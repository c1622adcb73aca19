package dev.tidemark.examples;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Checks a project's log as any reader can: ordinals are dense, hashes are those of the images, digests and counts are what the live
 * entities add up to. Written from the words of the contract, sharing no code with it.
 */
final class LogAudit {
    private static final BigInteger WRAP = BigInteger.ONE.shiftLeft(128);

    private final Map<String, byte[]> live = new HashMap<>();
    private long ordinal;

    /** @param change null: a delete */
    void take(String path, @Nullable GenericRecord change, GenericRecord meta) {
        check("ordinal", ++ordinal, meta.get("ordinal"));
        check("op", change == null ? "DELETE" : "UPSERT", meta.get("op").toString());
        if (change == null) live.remove(path);
        else live.put(path, hash(change, meta));
        check("count", (long) live.size(), meta.get("count"));
        check("digest", digest(), HexFormat.of().formatHex(bytes(meta.get("digest"))));
    }

    long ordinal() {
        return ordinal;
    }

    String digest() {
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<String, byte[]> entity : live.entrySet())
            sum = sum.add(entry(entity.getKey(), entity.getValue()));
        return String.format("%032x", sum.mod(WRAP));
    }

    private static byte[] hash(GenericRecord change, GenericRecord meta) {
        byte[] hash = sha256(change.get("image").toString().getBytes(StandardCharsets.UTF_8));
        check("hash of the value", Arrays.toString(hash), Arrays.toString(bytes(change.get("hash"))));
        check("hash of the header", Arrays.toString(hash), Arrays.toString(bytes(meta.get("hash"))));
        check("version", change.get("version"), meta.get("version"));
        return hash;
    }

    private static BigInteger entry(String path, byte[] hash) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(name.length + 1 + hash.length)
                .put(name)
                .put((byte) 0)
                .put(hash)
                .array();
        return new BigInteger(1, Arrays.copyOf(sha256(all), 16));
    }

    private static byte[] bytes(Object buffer) {
        ByteBuffer copy = ((ByteBuffer) buffer).duplicate();
        byte[] bytes = new byte[copy.remaining()];
        copy.get(bytes);
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(String what, Object wanted, Object got) {
        if (!wanted.equals(got)) throw new AssertionError(what + " should be " + wanted + " and is " + got);
    }
}
