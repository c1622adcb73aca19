package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tidemark.algebra.JsonEscapes;
import dev.tidemark.model.Names;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request's JSON, read from beginning to end with a JSON pointer for everything that is wrong. Values that Tidemark stores are
 * taken as the very text that was sent: no number passes through a double.
 */
final class JsonText implements AutoCloseable {
    private static final int DEPTH_MAX = 5_000;
    /** Field names come from users and are not interned: a stream of them would never leave the table. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String text;
    private final JsonParser parser;

    JsonText(String text) {
        this.text = text;
        int wide = JsonEscapes.firstWide(text);
        if (wide >= 0)
            throw Problem.of(400, "malformed_json", "not JSON at character " + wide + ": \\u has four hex digits");
        try {
            this.parser = FACTORY.createParser(text);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** @throws Problem if the bytes are no UTF-8 */
    static String utf8(byte[] bytes, int from, int length) {
        String text = StrictUtf8.text(bytes, from, length);
        if (text == null) throw Problem.of(400, "malformed_json", "the body is not UTF-8");
        return text;
    }

    /** What to do with one member; the parser stands at its value. */
    interface Member {
        void read(String name, String pointer);
    }

    /** The whole text is one object. */
    void wholeObject(Member member) {
        if (next() == null) throw Problem.invalid("", "is empty; it must be a JSON object");
        object("", member);
        if (next() != null) throw Problem.of(400, "malformed_json", "something follows the JSON object");
    }

    /** Reads the object that the parser stands at. */
    void object(String pointer, Member member) {
        if (parser.currentToken() != JsonToken.START_OBJECT) throw Problem.invalid(pointer, "must be an object");
        Set<String> seen = new HashSet<>();
        while (next() == JsonToken.FIELD_NAME) {
            String name = name();
            String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (!seen.add(name)) throw Problem.invalid(at, "stands twice in the object");
            next();
            member.read(name, at);
        }
    }

    /** Reads the array that the parser stands at. */
    void array(String pointer, Consumer<String> element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) throw Problem.invalid(pointer, "must be an array");
        for (int i = 0; next() != JsonToken.END_ARRAY; i++) element.accept(pointer + "/" + i);
    }

    /** The value as it was sent. */
    String raw(String pointer) {
        long start = parser.currentTokenLocation().getCharOffset();
        try {
            parser.skipChildren();
            parser.finishToken();
        } catch (IOException e) {
            throw malformed(e);
        }
        long end = parser.currentLocation().getCharOffset();
        return text.substring((int) start, (int) end);
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    String string(String pointer) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) throw Problem.invalid(pointer, "must be a string");
        try {
            String value = parser.getText();
            if (!Names.isUnicode(value))
                throw Problem.invalid(pointer, "has half of a surrogate pair, which no UTF-8 can carry");
            return value;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    boolean flag(String pointer) {
        if (!parser.currentToken().isBoolean()) throw Problem.invalid(pointer, "must be true or false");
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    long wholeNumber(String pointer) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT)
            throw Problem.invalid(pointer, "must be a whole number");
        try {
            return Long.parseLong(parser.getText());
        } catch (NumberFormatException e) {
            throw Problem.invalid(pointer, "must be a whole number of at most 63 bits");
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private String name() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static Problem malformed(IOException e) {
        if (e instanceof StreamConstraintsException)
            return Problem.of(400, "malformed_json", "the JSON is nested more than " + DEPTH_MAX + " levels deep");
        if (e instanceof JsonProcessingException json && json.getLocation() != null)
            return Problem.of(
                    400,
                    "malformed_json",
                    "not JSON at line " + json.getLocation().getLineNr() + ", column "
                            + json.getLocation().getColumnNr() + ": " + json.getOriginalMessage());
        return Problem.of(400, "malformed_json", "not JSON");
    }
}
