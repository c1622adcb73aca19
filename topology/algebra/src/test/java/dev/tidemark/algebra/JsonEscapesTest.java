package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.model.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEscapesTest {
    @ParameterizedTest
    @ValueSource(strings = {"\"\\u000\u0363\"", "{\"\\u\u06300ff\":1}", "[\"\\\\\\u00\u0131c\"]"})
    void aCharThatLooksLikeAHexDigitInItsLowerBitsIsNone(String json) {
        RefusedJson refused = catchThrowableOfType(RefusedJson.class, () -> CanonicalJson.of(json));
        assertThat(refused.reason()).isEqualTo(Reason.MALFORMED_JSON);
        assertThat(refused.offset()).isEqualTo(json.lastIndexOf("\\u"));
    }

    @Test
    void anEscapedBackslashBeforeAUIsNoEscapeOfAChar() {
        String json = "\"\\\\u000\u0363\\\\\"";
        assertThat(CanonicalJson.of(json)).isEqualTo(json);
    }
}
