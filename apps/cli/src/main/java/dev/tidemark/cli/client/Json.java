package dev.tidemark.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How JSON is read and written here: numbers exact, and no limits of its own, because the server sets them and says why. */
public final class Json {
    /**
     * Field names come from users and are not interned: a stream of them would never leave the table. Bytes are UTF-8 and nothing
     * else: rows and lines are cut out at their offsets, which a text in UTF-16 does not have.
     */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(1 << 26)
                    .maxNumberLength(1 << 20)
                    .maxNestingDepth(1 << 20)
                    .build())
            .build();

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** On one line, for a program. */
    public static String text(JsonNode json) {
        return written(json, null);
    }

    /** Indented, for a person. */
    public static String pretty(JsonNode json) {
        return written(json, new DefaultPrettyPrinter());
    }

    private static String written(JsonNode json, @Nullable PrettyPrinter layout) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new ServedNumbers(FACTORY.createGenerator(text)).setPrettyPrinter(layout)) {
            MAPPER.writeTree(out, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Rows of a list: the answer itself if it is an array, else its first member that is one. */
    public static List<JsonNode> rows(JsonNode list) {
        List<JsonNode> rows = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(rows::add);
            return rows;
        }
        for (JsonNode member : list)
            if (member.isArray()) {
                member.forEach(rows::add);
                return rows;
            }
        return rows;
    }
}
