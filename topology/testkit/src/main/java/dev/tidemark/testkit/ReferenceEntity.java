package dev.tidemark.testkit;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.Ordinal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entity that has a record, deleted ones included.
 *
 * @param fields canonical values; null: deleted
 * @param version of its last record
 * @param ordinal of its last record
 */
record ReferenceEntity(@Nullable Map<String, String> fields, long version, Ordinal ordinal) {
    @Nullable
    String image() {
        return image(fields);
    }

    static @Nullable String image(@Nullable Map<String, String> fields) {
        return fields == null ? null : CanonicalJson.object(new TreeMap<>(fields));
    }
}
