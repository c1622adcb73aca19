package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Records written with other versions of our schemas, as producers will do that are older or newer than this build. */
class EvolutionTest {
    private static final int OTHER_ID = 77;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsWhatAnOlderProducerDidNotKnow() throws IOException {
        Schema older = changed("MutationBatch", schema -> {
            fields(schema).remove(4); // follows
            fields(schema).remove(3); // acked_through
            fields(schema).remove(2); // incarnation
        });
        GenericRecord batch = batch(older, "DELETE");

        var read = codec(older).decodeBatch(encode(batch));

        assertThat(read.replica().incarnation()).isEqualTo("0");
        assertThat(read.ackedThrough()).isNull();
        assertThat(read.mutations()).hasSize(1);
    }

    @Test
    void passesOverWhatANewerProducerAdds() throws IOException {
        Schema newer = changed("MutationBatch", schema -> {
            ObjectNode added = JSON.createObjectNode();
            added.put("name", "labels");
            added.set("type", JSON.createObjectNode().put("type", "map").put("values", "double"));
            added.set("default", JSON.createObjectNode());
            fields(schema).insert(1, added);
        });
        GenericRecord batch = batch(newer, "DELETE");
        batch.put("labels", Map.of("a", 1.5, "b", 2.5));

        var read = codec(newer).decodeBatch(encode(batch));

        assertThat(read.replica().project()).isEqualTo("photos");
        assertThat(read.mutations().get(0).ops()).containsExactly(new dev.tidemark.model.Op.Delete());
    }

    @Test
    void takesAKindOfOpThatANewerProducerKnowsForUnknown() throws IOException {
        Schema newer =
                changed("MutationBatch", schema -> symbolsOfOpKind(schema).add("INCREMENT"));

        var read = codec(newer).decodeBatch(encode(batch(newer, "INCREMENT")));

        assertThat(read.mutations().get(0).ops()).containsExactly(new dev.tidemark.model.Op.Unknown(Reason.UNKNOWN_OP));
    }

    @Test
    void refusesASchemaThatCannotBeRead() throws IOException {
        Schema other = changed("MutationBatch", schema -> fields(schema).remove(0)); // project
        byte[] bytes = encode(batch(other, "DELETE"));

        assertThat(catchThrowableOfType(
                                UndecodableException.class, () -> codec(other).decodeBatch(bytes))
                        .reasonCode())
                .isEqualTo("wrong_schema");
    }

    @Test
    void readsArraysInBlocksWithAByteCountAsOtherLanguagesWriteThem() {
        // project, replica, incarnation "a"; no acked_through, no follows; a block of -1 items in 8 bytes; the end
        String head = "026102610261" + "0000" + "0110";
        String mutation = "02" + "00" + "00" + "01" + "00" + "00" + "00"; // local seq 1, no ops
        byte[] bytes = HexFormat.of().parseHex("0000000001" + head + mutation + "00");

        var read = new WireCodec(new EmbeddedSchemas()).decodeBatch(bytes);

        assertThat(read.lastLocalSeq()).isEqualTo(1);
    }

    private static GenericRecord batch(Schema schema, String kind) {
        Schema mutation = schema.getField("mutations").schema().getElementType();
        Schema op = mutation.getField("ops").schema().getElementType();
        GenericRecord delete = new GenericRecordBuilder(op)
                .set("op", new GenericData.EnumSymbol(op.getField("op").schema(), kind))
                .build();
        GenericRecord only = new GenericRecordBuilder(mutation)
                .set("local_seq", 1L)
                .set("entity", "image")
                .set("entity_key", "k")
                .set("ops", List.of(delete))
                .build();
        GenericRecordBuilder batch =
                new GenericRecordBuilder(schema).set("replica", "phone-1").set("mutations", List.of(only));
        if (schema.getField("project") != null) batch.set("project", "photos");
        return batch.build();
    }

    private static WireCodec codec(Schema other) {
        return new WireCodec(new SchemaIds() {
            @Override
            public int idOf(String subject, Schema schema) {
                throw new AssertionError("nothing is written here");
            }

            @Override
            public Schema byId(int id) {
                return other;
            }
        });
    }

    private static byte[] encode(GenericRecord value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(5).putInt(1, OTHER_ID).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Schema changed(String record, Consumer<ObjectNode> change) throws IOException {
        ObjectNode schema = (ObjectNode) JSON.readTree(SchemaFiles.text(record + ".avsc"));
        change.accept(schema);
        return SchemaFiles.parse(schema.toString());
    }

    private static ArrayNode fields(ObjectNode record) {
        return (ArrayNode) record.get("fields");
    }

    private static ArrayNode symbolsOfOpKind(ObjectNode batch) {
        return (ArrayNode) batch.findParent("symbols").get("symbols");
    }
}
