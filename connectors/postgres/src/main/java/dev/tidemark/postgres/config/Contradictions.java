package dev.tidemark.postgres.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.function.BiConsumer;

/** Keys of an entry that are each right and do not go together, or of which one is missing. */
final class Contradictions {
    private Contradictions() {}

    static void in(JsonNode entry, Kind kind, String entityOfAll, BiConsumer<String, String> problems) {
        for (Iterator<String> keys = entry.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!kind.mayHave(key))
                problems.accept("/" + key, "`" + key + "` is not for " + kind.words() + "; leave it out");
        }
        for (String key : kind.needs()) if (!entry.has(key)) problems.accept("", kind.words() + " needs `" + key + "`");
        if (kind == Kind.FAN_OUT_PER_ROW && entry.path("type").asText().equals("fan_out"))
            problems.accept("/type", "`rows_from` goes with type fan_out_per_row; change one of them");
        if (kind != Kind.MULTI_VALUE && !entry.has("track_fields") && !entry.has("computed_fields"))
            problems.accept("", kind.words() + " needs `track_fields` or `computed_fields`");
        if (entry.has("create") && entry.has("sets_alive"))
            problems.accept("/sets_alive", "`sets_alive` is another word for `create`; leave one of them");
        if (entityOfAll.isEmpty() && !entry.has("entity"))
            problems.accept("", "no entity type; give `entity` here, or at the top for all tables");
    }
}
