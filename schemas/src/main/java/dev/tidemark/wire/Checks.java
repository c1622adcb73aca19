package dev.tidemark.wire;

import dev.tidemark.model.Names;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What holds of every value beyond its schema. */
final class Checks {
    private Checks() {}

    static String name(String what, String name) {
        if (!Names.isName(name))
            throw new UndecodableException(UndecodableException.INVALID_NAME, what + " is not a valid name");
        return name;
    }

    /** Builds a model value; what its constructor refuses is undecodable for the given reason. */
    static <T> T build(String reasonCode, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(reasonCode, String.valueOf(e.getMessage()), e);
        }
    }

    static UndecodableException invalid(String message) {
        return new UndecodableException(UndecodableException.INVALID_CONTENT, message);
    }

    /**
     * Text on its way out: Avro would write '?' for half of a surrogate pair, and the value would be another.
     *
     * @throws IllegalArgumentException if no UTF-8 can carry it
     */
    static String text(String text) {
        if (!Names.isUnicode(text))
            throw new IllegalArgumentException("a string has half of a surrogate pair, which no UTF-8 can carry");
        return text;
    }

    /** The same for text that may be absent. */
    static @Nullable String textOrNull(@Nullable String text) {
        return text == null ? null : text(text);
    }
}
