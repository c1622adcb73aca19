package dev.tidemark.wire;

import org.apache.avro.Schema;

/** Which id stands for which schema. Thread-safe; an id means the same schema for ever. */
public interface SchemaIds {
    /**
     * Id of the schema in a subject; registers it where that is possible and needed.
     *
     * @throws IllegalArgumentException if the subject has no such schema and takes none
     */
    int idOf(String subject, Schema schema);

    /** @throws UndecodableException if no schema has the id */
    Schema byId(int id);
}
