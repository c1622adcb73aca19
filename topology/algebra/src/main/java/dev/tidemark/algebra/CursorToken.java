package dev.tidemark.algebra;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Cursors as clients hold them: base64url without padding of, big-endian,
 *
 * <pre>
 * format 1 | epoch 8 | seq 8 | ordinal 8 | complete 1 | floor 8 | filter hash 4 | length 1, project | CRC-32C 4
 * </pre>
 *
 * <p>Invariant: a cursor has exactly one token, and {@link #decode} takes nothing but that.
 */
public final class CursorToken {
    private static final byte FORMAT = 1;
    private static final int PROJECT_MAX_BYTES = 255;
    private static final int CRC_BYTES = Integer.BYTES;
    private static final int PROJECT_AT = 39;
    private static final int BYTES_MIN = PROJECT_AT + CRC_BYTES;
    private static final int BYTES_MAX = BYTES_MIN + PROJECT_MAX_BYTES;
    private static final int TOKEN_MAX_CHARS = (BYTES_MAX * 4 + 2) / 3;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private CursorToken() {}

    /** @throws IllegalArgumentException if the project has more than 255 bytes */
    public static String encode(Cursor cursor) {
        byte[] project = cursor.project().getBytes(StandardCharsets.UTF_8);
        if (project.length > PROJECT_MAX_BYTES) throw new IllegalArgumentException("a project has at most 255 bytes");
        ByteBuffer bytes = ByteBuffer.allocate(BYTES_MIN + project.length)
                .put(FORMAT)
                .putLong(cursor.epoch().bits())
                .putLong(cursor.seq().value())
                .putLong(cursor.ordinal().value())
                .put((byte) (cursor.complete() ? 1 : 0))
                .putLong(cursor.floor().value())
                .putInt(cursor.filterHash())
                .put((byte) project.length)
                .put(project);
        bytes.putInt(crc(bytes.array(), bytes.position()));
        return ENCODER.encodeToString(bytes.array());
    }

    /** @throws CursorRefused unless it is exactly what {@link #encode} writes */
    public static Cursor decode(String token) {
        byte[] bytes = bytesOf(token);
        int crcAt = bytes.length - CRC_BYTES;
        if (ByteBuffer.wrap(bytes).getInt(crcAt) != crc(bytes, crcAt)) throw damaged();
        if (bytes[0] != FORMAT) throw new CursorRefused("the cursor is of an unknown format");
        if (crcAt - PROJECT_AT != Byte.toUnsignedInt(bytes[PROJECT_AT - 1])) throw damaged();
        try {
            Cursor cursor = read(bytes);
            // Refuses what the fields do not show: bits beyond the last byte, a complete that is neither 0 nor 1.
            if (encode(cursor).equals(token)) return cursor;
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
        throw damaged();
    }

    /** Hash of the entity types a page is filtered by; 0 exactly if there are none. Order and repetition do not matter. */
    public static int filterHash(Collection<String> entityTypes) {
        if (entityTypes.isEmpty()) return 0;
        StringBuilder types = new StringBuilder();
        for (String type : new TreeSet<>(entityTypes)) types.append(type).append('\0');
        int hash = ByteBuffer.wrap(Hashes.sha256(types.toString())).getInt();
        return hash == 0 ? 1 : hash;
    }

    private static byte[] bytesOf(String token) {
        if (token.length() > TOKEN_MAX_CHARS) throw damaged();
        try {
            byte[] bytes = DECODER.decode(token);
            if (bytes.length < BYTES_MIN) throw damaged();
            return bytes;
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static Cursor read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        Epoch epoch = new Epoch(in.getLong());
        CloudSeq seq = new CloudSeq(in.getLong());
        Ordinal ordinal = new Ordinal(in.getLong());
        boolean complete = in.get() == 1;
        CloudSeq floor = new CloudSeq(in.getLong());
        int filterHash = in.getInt();
        return new Cursor(projectOf(bytes), epoch, seq, ordinal, complete, floor, filterHash);
    }

    private static String projectOf(byte[] bytes) {
        return new String(bytes, PROJECT_AT, bytes.length - PROJECT_AT - CRC_BYTES, StandardCharsets.UTF_8);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static CursorRefused damaged() {
        return new CursorRefused("the cursor is damaged");
    }
}
