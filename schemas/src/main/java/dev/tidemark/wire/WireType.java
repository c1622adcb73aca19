package dev.tidemark.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * One generated record class in the Confluent wire format: 0x00, schema id (4 bytes, big-endian), Avro binary. Source:
 * Confluent Schema Registry documentation, "Wire format". Thread-safe: buffers and readers are per thread.
 */
final class WireType<T extends SpecificRecordBase> {
    private static final byte MAGIC = 0;
    private static final int FRAME_BYTES = 1 + Integer.BYTES;
    /** A buffer that has grown beyond this is given back after use, so that one huge record does not stay in memory. */
    private static final int KEPT_BUFFER_MAX_BYTES = 4 << 20;

    private final SchemaIds ids;
    private final String subject;
    private final Schema registered;
    private final Schema reader;
    private final SpecificDatumWriter<T> writer;
    private final ThreadLocal<Workbench<T>> workbenches = ThreadLocal.withInitial(Workbench::new);
    private volatile byte @Nullable [] frame;

    /**
     * @param registered the schema as it stands in the registry
     * @param generated the same, as the generated class has it
     */
    WireType(SchemaIds ids, String subject, Schema registered, Schema generated) {
        this.ids = ids;
        this.subject = subject;
        this.registered = registered;
        this.reader = generated;
        this.writer = new SpecificDatumWriter<>(generated, WireData.INSTANCE);
    }

    byte[] encode(T value) {
        Workbench<T> bench = workbenches.get();
        ByteArrayOutputStream out = bench.out;
        // First the encoder: it flushes what an encode that failed half way has left in it.
        bench.encoder = EncoderFactory.get().binaryEncoder(out, bench.encoder);
        out.reset();
        out.writeBytes(frame());
        try {
            writer.write(value, bench.encoder);
            bench.encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (out.size() > KEPT_BUFFER_MAX_BYTES) bench.out = new ByteArrayOutputStream();
        return out.toByteArray();
    }

    T decode(byte @Nullable [] value) {
        byte[] bytes = present(value);
        int id = idOf(bytes);
        Workbench<T> bench = workbenches.get();
        Reading<T> reading = bench.readings.computeIfAbsent(id, this::open);
        AvroScan.check(reading.writerSchema, bytes, FRAME_BYTES);
        try {
            bench.decoder =
                    DecoderFactory.get().binaryDecoder(bytes, FRAME_BYTES, bytes.length - FRAME_BYTES, bench.decoder);
            return reading.reader.read(null, bench.decoder);
        } catch (IOException | RuntimeException e) {
            throw new UndecodableException(UndecodableException.MALFORMED, "the value cannot be read", e);
        }
    }

    private static byte[] present(byte @Nullable [] value) {
        if (value == null) throw new UndecodableException(UndecodableException.NULL_VALUE, "there is no value");
        return value;
    }

    private static int idOf(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != MAGIC)
            throw new UndecodableException(UndecodableException.NO_MAGIC_BYTE, "not in the Confluent wire format");
        if (bytes.length < FRAME_BYTES)
            throw new UndecodableException(UndecodableException.TRUNCATED, "the bytes end before the schema id does");
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    private Reading<T> open(int id) {
        Schema writerSchema = ids.byId(id);
        boolean readable = SchemaCompatibility.checkReaderWriterCompatibility(reader, writerSchema)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
        if (!readable)
            throw new UndecodableException(
                    UndecodableException.WRONG_SCHEMA, "schema " + id + " is no version of " + reader.getName());
        return new Reading<>(writerSchema, new SpecificDatumReader<>(writerSchema, reader, WireData.INSTANCE));
    }

    private byte[] frame() {
        byte[] known = frame;
        if (known == null) {
            int id = ids.idOf(subject, registered);
            known = ByteBuffer.allocate(FRAME_BYTES).put(MAGIC).putInt(id).array();
            frame = known;
        }
        return known;
    }

    private record Reading<T>(Schema writerSchema, SpecificDatumReader<T> reader) {}

    /** What one thread works with. */
    private static final class Workbench<T> {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

        @Nullable
        BinaryEncoder encoder;

        @Nullable
        BinaryDecoder decoder;

        final Map<Integer, Reading<T>> readings = new HashMap<>();
    }
}
