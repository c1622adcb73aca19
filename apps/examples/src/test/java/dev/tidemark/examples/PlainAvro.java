package dev.tidemark.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Apache Avro and the registry's REST API, and nothing that Tidemark wrote: 0x00, four bytes of schema id, Avro binary. */
final class PlainAvro {
    private static final int FRAME_BYTES = 5;

    private final String registry;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

    PlainAvro(String registry) {
        this.registry = registry;
    }

    record Registered(int id, Schema schema) {}

    Registered latest(String subject) {
        JsonNode version =
                Http.get(registry + "/subjects/" + subject + "/versions/latest").ok();
        return new Registered(
                version.path("id").asInt(),
                new Schema.Parser().parse(version.path("schema").asText()));
    }

    byte[] encode(int id, GenericRecord record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(
                    ByteBuffer.allocate(FRAME_BYTES).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GenericRecord decode(byte[] framed) {
        ByteBuffer frame = ByteBuffer.wrap(framed);
        if (frame.get() != 0) throw new AssertionError("not in the Confluent wire format");
        Schema schema = byId.computeIfAbsent(frame.getInt(), this::fetched);
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(framed, FRAME_BYTES, framed.length - FRAME_BYTES, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema fetched(int id) {
        return new Schema.Parser()
                .parse(Http.get(registry + "/schemas/ids/" + id)
                        .ok()
                        .path("schema")
                        .asText());
    }
}
