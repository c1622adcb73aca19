package dev.tidemark.wire;

import static dev.tidemark.wire.UndecodableException.MALFORMED;
import static dev.tidemark.wire.UndecodableException.TOO_DEEP;
import static dev.tidemark.wire.UndecodableException.TRAILING_BYTES;
import static dev.tidemark.wire.UndecodableException.TRUNCATED;

import org.apache.avro.Schema;

/**
 * Walks over Avro bytes without building anything, so that the decoder after it meets no surprise. Invariants when
 * {@link #check} returns: the bytes are exactly one value of the schema; no length in them reaches beyond their end; all
 * array and map items together are no more than there are bytes; records nest at most {@link #RECORD_DEPTH_MAX} deep;
 * every string is valid UTF-8 (Avro itself would read U+FFFD and change the value).
 */
final class AvroScan {
    static final int RECORD_DEPTH_MAX = 32;
    private static final int INT_BITS_MAX = 35;
    private static final int LONG_BITS_MAX = 70;

    private final byte[] bytes;
    private int at;
    private long itemsLeft;
    private int recordDepth;

    private AvroScan(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
        this.itemsLeft = bytes.length;
    }

    /** @throws UndecodableException if the bytes from there on are not exactly one value of the schema */
    static void check(Schema schema, byte[] bytes, int from) {
        AvroScan scan = new AvroScan(bytes, from);
        scan.value(schema);
        if (scan.at != bytes.length)
            throw new UndecodableException(TRAILING_BYTES, (bytes.length - scan.at) + " bytes after the value");
    }

    private void value(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> record(schema);
            case UNION -> union(schema);
            case ARRAY -> array(schema);
            case MAP -> map(schema);
            case STRING -> string();
            case BYTES -> skip(length());
            case FIXED -> skip(schema.getFixedSize());
            case ENUM -> index(schema.getEnumSymbols().size());
            case INT -> varint(INT_BITS_MAX);
            case LONG -> varint(LONG_BITS_MAX);
            case FLOAT -> skip(Float.BYTES);
            case DOUBLE -> skip(Double.BYTES);
            case BOOLEAN -> bool();
            case NULL -> {}
        }
    }

    private void record(Schema schema) {
        if (++recordDepth > RECORD_DEPTH_MAX)
            throw new UndecodableException(TOO_DEEP, "records nest deeper than " + RECORD_DEPTH_MAX);
        var fields = schema.getFields();
        for (int i = 0; i < fields.size(); i++) value(fields.get(i).schema());
        recordDepth--;
    }

    private void union(Schema schema) {
        var branches = schema.getTypes();
        value(branches.get(index(branches.size())));
    }

    private void array(Schema schema) {
        Schema item = schema.getElementType();
        for (long count = blockCount(); count > 0; count = blockCount()) for (long i = 0; i < count; i++) value(item);
    }

    private void map(Schema schema) {
        Schema item = schema.getValueType();
        for (long count = blockCount(); count > 0; count = blockCount()) {
            for (long i = 0; i < count; i++) {
                string();
                value(item);
            }
        }
    }

    private long blockCount() {
        long count = varint(LONG_BITS_MAX);
        if (count < 0) {
            count = -count;
            length();
        }
        if (count < 0 || count > itemsLeft)
            throw new UndecodableException(TRUNCATED, "a block of " + count + " items does not fit");
        itemsLeft -= count;
        return count;
    }

    private void string() {
        int length = length();
        if (!Utf8Check.isValid(bytes, at, length)) throw new UndecodableException(MALFORMED, "a string is not UTF-8");
        at += length;
    }

    private int length() {
        long length = varint(LONG_BITS_MAX);
        if (length < 0) throw new UndecodableException(MALFORMED, "a length is negative");
        if (length > bytes.length - at) throw truncated();
        return (int) length;
    }

    private int index(int limit) {
        long index = varint(INT_BITS_MAX);
        if (index < 0 || index >= limit)
            throw new UndecodableException(MALFORMED, "index " + index + " of " + limit + " branches or symbols");
        return (int) index;
    }

    private void bool() {
        skip(1);
        if ((bytes[at - 1] & ~1) != 0) throw new UndecodableException(MALFORMED, "a boolean is neither 0 nor 1");
    }

    private void skip(int count) {
        if (count > bytes.length - at) throw truncated();
        at += count;
    }

    private long varint(int bitsMax) {
        long bits = 0;
        for (int shift = 0; shift < bitsMax; shift += 7) {
            if (at == bytes.length) throw truncated();
            byte next = bytes[at++];
            bits |= (next & 0x7FL) << shift;
            if (next >= 0) return (bits >>> 1) ^ -(bits & 1);
        }
        throw new UndecodableException(MALFORMED, "a number is too long");
    }

    private static UndecodableException truncated() {
        return new UndecodableException(TRUNCATED, "the bytes end before the value does");
    }
}
