package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MutationJsonTest {
    private static final String HEAD = "\"local_seq\":1,\"entity\":\"note\",\"entity_key\":\"n1\"";

    static Stream<Arguments> ops() {
        return Stream.of(
                Arguments.of("\"op\":\"upsert\",\"payload\":{\"a\": 1.0}", new Op.Put("{\"a\": 1.0}")),
                Arguments.of("\"op\":\"put\",\"payload\":null", new Op.Put("null")),
                Arguments.of(
                        "\"op\":\"set\",\"field\":\"f\",\"value\":9007199254740993",
                        new Op.SetField("f", "9007199254740993")),
                Arguments.of("\"op\":\"set\",\"field\":\"f\",\"value\":null", new Op.SetField("f", "null")),
                Arguments.of("\"op\":\"unset\",\"field\":\"f\"", new Op.UnsetField("f")),
                Arguments.of("\"op\":\"add\",\"field\":\"tags\",\"value\":\"é\"", new Op.AddMember("tags", "\"é\"")),
                Arguments.of(
                        "\"op\":\"remove\",\"field\":\"tags\",\"value\":1e400", new Op.RemoveMember("tags", "1e400")),
                Arguments.of("\"op\":\"delete\"", new Op.Delete()));
    }

    @ParameterizedTest
    @MethodSource("ops")
    void readsEveryOpInItsShortForm(String op, Op expected) {
        assertThat(line("{" + HEAD + "," + op + "}").mutation()).isEqualTo(Mutation.of(1, "note", "n1", expected));
    }

    @ParameterizedTest
    @MethodSource("ops")
    void readsEveryOpInItsLongForm(String op, Op expected) {
        assertThat(line("{" + HEAD + ",\"ops\":[{" + op + "},{\"op\":\"delete\"}]}")
                        .mutation())
                .isEqualTo(Mutation.of(1, "note", "n1", expected, new Op.Delete()));
    }

    @ParameterizedTest
    @CsvSource({"apply_where", "queryOpSet"})
    void readsAnApplyWhereInEitherForm(String word) {
        Op expected = new Op.ApplyWhere("image", "postId eq 5", List.of(new Op.AddMember("tags", "9")));
        String nested = "\"query\":\"postId eq 5\",\"ops\":[{\"op\":\"add\",\"field\":\"tags\",\"value\":9}]";

        Mutation onIts = line("{\"local_seq\":1,\"op\":\"" + word + "\",\"entity\":\"image\"," + nested + "}")
                .mutation();
        Mutation among = line("{\"local_seq\":1,\"ops\":[{\"op\":\"" + word + "\",\"entity\":\"image\"," + nested
                        + "}]}")
                .mutation();

        assertThat(onIts.ops()).containsExactly(expected);
        assertThat(among).isEqualTo(new Mutation(1, null, null, true, null, null, List.of(expected)));
    }

    @Test
    void readsWhatStandsBesideTheOps() {
        MutationJson.Line line = line("{\"project\":\"p\",\"replica\":\"r\",\"incarnation\":\"b1\"," + HEAD
                + ",\"create\":false,\"base_version\":3,\"occurred_at\":\"2026-11-20T05:00:00Z\",\"op\":\"delete\"}");

        assertThat(line)
                .isEqualTo(new MutationJson.Line(
                        new Mutation(1, "note", "n1", false, 3L, "2026-11-20T05:00:00Z", List.of(new Op.Delete())),
                        "p",
                        "r",
                        "b1"));
    }

    @Test
    void takesNullForWhatIsNotSaid() {
        assertThat(line("{" + HEAD + ",\"base_version\":null,\"occurred_at\":null,\"op\":\"delete\"}")
                        .mutation())
                .isEqualTo(Mutation.of(1, "note", "n1", new Op.Delete()));
    }

    /** One bad mutation must not block others: names, keys and values are judged where it is decided. */
    @Test
    void leavesWhatIsMerelyNotAcceptableToAdmit() {
        Mutation mutation =
                line("{\"local_seq\":0,\"entity\":\"no name\",\"entity_key\":\"\",\"occurred_at\":\"yesterday\","
                                + "\"op\":\"put\",\"payload\":[1e999]}")
                        .mutation();

        assertThat(mutation.ops()).containsExactly(new Op.Put("[1e999]"));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{} | /local_seq",
                "{\"local_seq\":-1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"} | /local_seq",
                "{\"local_seq\":\"1\"} | /local_seq",
                "{\"local_seq\":1.5} | /local_seq",
                "{\"local_seq\":9223372036854775808} | /local_seq",
                "{\"local_seq\":1,\"entity_key\":\"k\",\"op\":\"delete\"} | /entity",
                "{\"local_seq\":1,\"entity\":\"e\",\"op\":\"delete\"} | /entity_key",
                "{\"local_seq\":1,\"entity\":7} | /entity",
                "{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\"} | /ops",
                "{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"ops\":[]} | /ops",
                "{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"ops\":{}} | /ops",
                "{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\",\"ops\":[{\"op\":\"delete\"}]} | /op",
                "{\"local_seq\":1,\"nope\":1} | /nope",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"delete\",\"nope\":1}]} | /ops/0/nope",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"delete\"},{\"op\":\"fly\"}]} | /ops/1/op",
                "{\"local_seq\":1,\"ops\":[7]} | /ops/0",
                "{\"local_seq\":1,\"ops\":[{}]} | /ops/0/op",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"put\"}]} | /ops/0/payload",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"put\",\"payload\":{},\"field\":\"f\"}]} | /ops/0/field",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"set\",\"value\":1}]} | /ops/0/field",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"set\",\"field\":\"f\"}]} | /ops/0/value",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"unset\",\"field\":\"f\",\"value\":1}]} | /ops/0/value",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"delete\",\"payload\":{}}]} | /ops/0/payload",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"delete\",\"query\":\"a eq 1\"}]} | /ops/0/query",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"delete\",\"entity\":\"e\"}]} | /ops/0/entity",
                "{\"local_seq\":1,\"ops\":[{\"op\":\"delete\",\"ops\":[]}]} | /ops/0/ops",
                "{\"local_seq\":1,\"op\":\"apply_where\",\"query\":\"a eq 1\",\"ops\":[{\"op\":\"delete\"}]} | /entity",
                "{\"local_seq\":1,\"op\":\"apply_where\",\"entity\":\"e\",\"ops\":[{\"op\":\"delete\"}]} | /query",
                "{\"local_seq\":1,\"op\":\"apply_where\",\"entity\":\"e\",\"query\":\"a eq 1\"} | /ops",
                "{\"local_seq\":1,\"field\":\"f\"} | /op",
                "{\"local_seq\":1,\"create\":1} | /create",
                "{\"local_seq\":1,\"base_version\":\"3\"} | /base_version",
                "{\"local_seq\":1,\"local_seq\":1} | /local_seq"
            },
            delimiter = '|')
    void pointsAtWhatIsMalformed(String text, String pointer) {
        assertThat(refused(text).errors()).extracting(Problem.Place::where).containsExactly(pointer);
    }

    @Test
    void refusesAnApplyWhereInsideAnother() {
        String inner = "{\"op\":\"apply_where\",\"entity\":\"e\",\"query\":\"a eq 1\",\"ops\":[{\"op\":\"delete\"}]}";
        String outer = "{\"local_seq\":1,\"op\":\"apply_where\",\"entity\":\"e\",\"query\":\"a eq 1\",\"ops\":[" + inner
                + "]}";

        assertThat(refused(outer).detail()).contains("apply_where cannot stand inside another");
    }

    @Test
    void refusesOpsNestedDeepBeforeTheStackIsAtItsEnd() {
        String open = "{\"op\":\"apply_where\",\"entity\":\"e\",\"query\":\"a eq 1\",\"ops\":[";
        String text = "{\"local_seq\":1,\"ops\":[" + open.repeat(2_000) + "]}".repeat(2_000) + "]}";

        assertThat(refused(text).errors().get(0).where()).isEqualTo("/ops/0/ops/0/ops");
    }

    @Test
    void refusesTooManyOps() {
        String ops = "{\"op\":\"delete\"},".repeat(1_000) + "{\"op\":\"delete\"}";

        assertThat(refused("{" + HEAD + ",\"ops\":[" + ops + "]}")
                        .errors()
                        .get(0)
                        .where())
                .isEqualTo("/ops/1000");
    }

    private static MutationJson.Line line(String text) {
        return MutationJson.line(text);
    }

    private static Problem refused(String text) {
        return catchThrowableOfType(Problem.class, () -> MutationJson.line(text));
    }
}
