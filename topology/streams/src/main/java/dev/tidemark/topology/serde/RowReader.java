package dev.tidemark.topology.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link RowWriter} wrote. Not thread-safe. */
public final class RowReader {
    private final byte[] bytes;
    private int at;

    public RowReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalStateException if the row has another format: the state directory is of another version */
    public RowReader expectFormat(int format) {
        int found = octet();
        if (found != format)
            throw new IllegalStateException("store row of format " + found + ", this version reads " + format);
        return this;
    }

    public boolean flag() {
        return octet() != 0;
    }

    public int octet() {
        return bytes[at++] & 0xFF;
    }

    public long varlong() {
        long rest = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            rest |= (long) (next & 0x7F) << shift;
            if (next >= 0) return (rest >>> 1) ^ -(rest & 1);
        }
    }

    public int varint() {
        return Math.toIntExact(varlong());
    }

    public long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) value = (value << 8) | (bytes[at++] & 0xFF);
        return value;
    }

    public byte[] raw(int length) {
        if (length > bytes.length - at) throw new IllegalStateException("store row ends before its fields do");
        byte[] value = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return value;
    }

    public byte @Nullable [] blob() {
        int length = varint();
        return length < 0 ? null : raw(length);
    }

    @Nullable
    public String textOrNull() {
        int length = varint();
        if (length < 0) return null;
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    public String text() {
        String value = textOrNull();
        if (value == null) throw new IllegalStateException("store row lacks a text it must have");
        return value;
    }
}
