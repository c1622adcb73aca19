package dev.tidemark.topology.serde;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Appends the fields of a store row to one growing array. Longs are zigzag varints unless named fixed. Not thread-safe. */
public final class RowWriter {
    private byte[] bytes;
    private int size;

    public RowWriter(int expectedBytes) {
        this.bytes = new byte[Math.max(16, expectedBytes)];
    }

    public RowWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    public RowWriter octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public RowWriter varlong(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    public RowWriter fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) bytes[size++] = (byte) (value >>> shift);
        return this;
    }

    public RowWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    public RowWriter blob(byte @Nullable [] value) {
        if (value == null) return varlong(-1);
        return varlong(value.length).raw(value);
    }

    public RowWriter text(@Nullable String value) {
        return blob(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
}
