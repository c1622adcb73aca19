package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "1e400",
                "-0",
                "-0.0",
                "1E+2",
                "123456789012345678901234567890.0123456789",
                "\"\"",
                "\"é😀\u2028\"",
                "\"\\u00e9\\n\\/\"",
                "\"\\ud800\"",
                "true",
                "null",
                "[]",
                "{ }",
                "[1 , 2,\t[ {\"a\" : [ ] } ] ]",
                "{\"a\":1,\"a\":2}",
                "{\"deep\": {\"er\": [null, {\"\": 1e-400}]}}"
            })
    void takesAValueAsTheVeryTextThatWasSent(String value) {
        for (String template : List.of("{\"v\":%s}", "{\"v\" :  %s  , \"w\":1}", " {\"w\":1,\"v\":%s\n}\n")) {
            List<String> raw = new ArrayList<>();
            try (JsonText json = new JsonText(template.replace("%s", value))) {
                json.wholeObject((name, at) -> {
                    if (name.equals("v")) raw.add(json.raw(at));
                    else json.wholeNumber(at);
                });
            }
            assertThat(raw).containsExactly(value);
        }
    }

    @Test
    void takesAValueNestedAThousandLevelsDeep() {
        String value = "[".repeat(1_000) + "]".repeat(1_000);
        assertThat(rawOf("{\"v\":" + value + "}")).isEqualTo(value);
    }

    @Test
    void takesAValueOfSeveralMegabytes() {
        String value = "\"" + "ä".repeat(3_000_000) + "\"";
        assertThat(rawOf("{\"v\":" + value + "}")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'' | invalid_request",
                "' ' | invalid_request",
                "[] | invalid_request",
                "7 | invalid_request",
                "{ | malformed_json",
                "{\"a\":1 | malformed_json",
                "{\"a\":} | malformed_json",
                "{\"a\":01} | malformed_json",
                "{\"a\":NaN} | malformed_json",
                "{\"a\":'x'} | malformed_json",
                "{\"a\":[1,]} | malformed_json",
                "{a:1} | malformed_json",
                "{\"a\":1}{} | malformed_json",
                "{\"a\":1} x | malformed_json",
                "{\"a\":1,} | malformed_json",
                "{\"a\":/**/1} | malformed_json",
                "{\"a\":1,\"a\":2} | invalid_request"
            },
            delimiter = '|')
    void refusesWhatIsNotOneObject(String text, String code) {
        assertThat(refused(text == null ? "" : text).code()).isEqualTo(code);
    }

    @Test
    void saysWhereTheTextBreaks() {
        assertThat(refused("{\"a\":1,\n \"b\":}").detail()).contains("line 2").contains("column 6");
    }

    @Test
    void refusesControlCharactersInStrings() {
        assertThat(refused("{\"a\":\"\u0001\"}").code()).isEqualTo("malformed_json");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        String text = "{\"v\":" + "[".repeat(6_000) + "]".repeat(6_000) + "}";
        assertThat(refused(text).detail()).contains("5000 levels");
    }

    @Test
    void pointsAtAMemberWithItsNameEscaped() {
        assertThat(refused("{\"a/b~c\":1,\"a/b~c\":1}").errors().get(0).where()).isEqualTo("/a~1b~0c");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, true",
        "0, true",
        "-1, true",
        "9223372036854775808, false",
        "1.0, false",
        "1e3, false"
    })
    void readsWholeNumbersOf63Bits(String number, boolean fits) {
        List<Long> read = new ArrayList<>();
        Problem problem = catchThrowableOfType(Problem.class, () -> {
            try (JsonText json = new JsonText("{\"n\":" + number + "}")) {
                json.wholeObject((name, at) -> read.add(json.wholeNumber(at)));
            }
        });
        if (fits) assertThat(read).containsExactly(Long.parseLong(number));
        else assertThat(problem.errors().get(0).where()).isEqualTo("/n");
    }

    @Test
    void refusesHalfOfASurrogatePairWhereATextIsRead() {
        Problem problem = catchThrowableOfType(Problem.class, () -> {
            try (JsonText json = new JsonText("{\"s\":\"a\\ud800\"}")) {
                json.wholeObject((name, at) -> json.string(at));
            }
        });
        assertThat(problem.code()).isEqualTo("invalid_request");
        assertThat(problem.detail()).contains("/s").contains("surrogate");
    }

    @Test
    void refusesAnEscapeWithACharThatIsNoHexDigit() {
        assertThat(refused("{\"a\\u000\u0363\":1}").code()).isEqualTo("malformed_json");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] bytes = {'{', '"', (byte) 0xc3, '"', '}'};
        Problem problem = catchThrowableOfType(Problem.class, () -> JsonText.utf8(bytes, 0, bytes.length));
        assertThat(problem.code()).isEqualTo("malformed_json");
    }

    private static String rawOf(String text) {
        List<String> raw = new ArrayList<>();
        try (JsonText json = new JsonText(text)) {
            json.wholeObject((name, at) -> raw.add(json.raw(at)));
        }
        return raw.get(0);
    }

    private static Problem refused(String text) {
        return catchThrowableOfType(Problem.class, () -> {
            try (JsonText json = new JsonText(text)) {
                json.wholeObject((name, at) -> json.raw(at));
            }
        });
    }
}
