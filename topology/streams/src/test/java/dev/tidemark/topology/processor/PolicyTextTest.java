package dev.tidemark.topology.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.algebra.RefusedJson;
import dev.tidemark.model.Policy;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies as commands carry them. */
class PolicyTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                | false | {}",
                "{\"paused\":true}                                 | true  | {}",
                "{ \"paused\" : false }                            | false | {}",
                "{\"filterable\":{\"note\":[\"b\",\"a\",\"b\"]}}    | false | {note=[a, b]}",
                "{\"filterable\":{\"note\":[],\"tag\":[\"x\"]}}     | false | {tag=[x]}",
                "{\"filterable\":{\"note\":[\"\\u0061\"]}}          | false | {note=[a]}"
            })
    void isReadFromJson(String json, boolean paused, String filterable) {
        Policy policy = PolicyText.parse(json, Policy.DEFAULT);

        assertThat(policy.paused()).isEqualTo(paused);
        assertThat(policy.filterable()).hasToString(filterable);
    }

    @Test
    void keepsWhatIsNotNamed() {
        Policy before = PolicyText.parse("{\"paused\":true,\"filterable\":{\"note\":[\"a\"]}}", Policy.DEFAULT);

        assertThat(PolicyText.parse("{}", before)).isEqualTo(before);
        assertThat(PolicyText.parse("{\"paused\":false}", before).filterable()).isEqualTo(before.filterable());
        assertThat(PolicyText.parse("{\"filterable\":{}}", before))
                .isEqualTo(new Policy(true, Policy.DEFAULT.filterable()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{\"paused\":\"true\"}",
                "{\"paused\":1}",
                "{\"paused\":null}",
                "{\"pause\":true}",
                "{\"filterable\":null}",
                "{\"filterable\":{\"note\":null}}",
                "{\"filterable\":{\"note\":[null]}}",
                "{\"filterable\":{\"note\":[1]}}",
                "{\"filterable\":{\"note\":[\"\"]}}",
                "{\"filterable\":{\".note\":[\"a\"]}}",
                "{\"filterable\":{\"\":[\"a\"]}}"
            })
    void refusesWhatIsNoPolicy(String json) {
        assertThatThrownBy(() -> PolicyText.parse(json, Policy.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"paused\":true,\"paused\":true}", "{\"x\":\"\\ud800\"}"})
    void refusesWhatIsNoJson(String json) {
        assertThatThrownBy(() -> PolicyText.parse(json, Policy.DEFAULT)).isInstanceOf(RefusedJson.class);
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void takesABoundedNumberOfFields(int fields, boolean taken) {
        String names =
                IntStream.range(0, fields).mapToObj(i -> "\"f" + i + "\"").collect(Collectors.joining(","));
        String json = "{\"filterable\":{\"note\":[" + names + "]}}";

        if (taken)
            assertThat(PolicyText.parse(json, Policy.DEFAULT).filterableFields("note"))
                    .hasSize(fields);
        else assertThatThrownBy(() -> PolicyText.parse(json, Policy.DEFAULT)).hasMessageContaining("at most 64 fields");
    }
}
