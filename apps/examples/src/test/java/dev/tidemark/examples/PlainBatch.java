package dev.tidemark.examples;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** A {@code MutationBatch} as a generic record, put together by the names in the schema. */
final class PlainBatch {
    private final Schema schema;
    private final Schema mutationSchema;
    private final Schema opSchema;
    private final String project;
    private final String replica;
    private final List<GenericRecord> mutations = new ArrayList<>();

    PlainBatch(Schema schema, String project, String replica) {
        this.schema = schema;
        this.mutationSchema = schema.getField("mutations").schema().getElementType();
        this.opSchema = mutationSchema.getField("ops").schema().getElementType();
        this.project = project;
        this.replica = replica;
    }

    PlainBatch put(long localSeq, String entity, String key, String payload) {
        return mutation(localSeq, entity, key, op("PUT").set("payload", payload).build());
    }

    PlainBatch set(long localSeq, String entity, String key, String field, String value) {
        return mutation(
                localSeq,
                entity,
                key,
                op("SET").set("field", field).set("value", value).build());
    }

    PlainBatch delete(long localSeq, String entity, String key) {
        return mutation(localSeq, entity, key, op("DELETE").build());
    }

    GenericRecord build() {
        return new GenericRecordBuilder(schema)
                .set("project", project)
                .set("replica", replica)
                .set("mutations", mutations)
                .build();
    }

    private GenericRecordBuilder op(String kind) {
        Schema kinds = opSchema.getField("op").schema();
        return new GenericRecordBuilder(opSchema).set("op", new GenericData.EnumSymbol(kinds, kind));
    }

    private PlainBatch mutation(long localSeq, String entity, String key, GenericRecord op) {
        mutations.add(new GenericRecordBuilder(mutationSchema)
                .set("local_seq", localSeq)
                .set("entity", entity)
                .set("entity_key", key)
                .set("ops", List.of(op))
                .build());
        return this;
    }
}
