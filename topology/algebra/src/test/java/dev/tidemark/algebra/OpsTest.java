package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.Op;
import dev.tidemark.model.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of ops (semantics, section 2). */
class OpsTest {
    private static final String NOT_THERE = null;

    static Stream<Arguments> effects() {
        return Stream.of(
                // put
                effect(NOT_THERE, put("{\"a\":1}"), "{\"a\":1}"),
                effect("{\"b\":2}", put("{\"a\":1}"), "{\"a\":1}"),
                effect("{\"b\":2}", put("{\"a\":null,\"c\":{\"n\":null}}"), "{\"c\":{\"n\":null}}"),
                // set
                effect(NOT_THERE, set("a", "1"), "{\"a\":1}"),
                effect("{\"a\":2}", set("a", "1"), "{\"a\":1}"),
                effect("{\"a\":1,\"b\":2}", set("a", "null"), "{\"b\":2}"),
                effect(NOT_THERE, set("a", "null"), NOT_THERE),
                effect("{}", set("a", "{\"n\":null}"), "{\"a\":{\"n\":null}}"),
                // unset
                effect("{\"a\":1}", unset("a"), "{}"),
                effect("{\"a\":1}", unset("b"), "{\"a\":1}"),
                effect(NOT_THERE, unset("a"), NOT_THERE),
                // add
                effect(NOT_THERE, add("t", "1"), "{\"t\":[1]}"),
                effect("{}", add("t", "\"x\""), "{\"t\":[\"x\"]}"),
                effect("{\"t\":[2]}", add("t", "1"), "{\"t\":[1,2]}"),
                effect("{\"t\":[1,2]}", add("t", "2"), "{\"t\":[1,2]}"),
                effect("{\"t\":[2,1,2]}", add("t", "3"), "{\"t\":[1,2,3]}"),
                effect("{\"t\":[]}", add("t", "3"), "{\"t\":[3]}"),
                effect("{\"t\":[9]}", add("t", "10"), "{\"t\":[10,9]}"),
                effect("{\"t\":[\"\uD83D\uDE00\"]}", add("t", "\"\uFFFF\""), "{\"t\":[\"\uFFFF\",\"\uD83D\uDE00\"]}"),
                // remove
                effect("{\"t\":[1,2]}", remove("t", "1"), "{\"t\":[2]}"),
                effect("{\"t\":[1]}", remove("t", "1"), "{}"),
                effect("{\"t\":[2,1]}", remove("t", "3"), "{\"t\":[1,2]}"),
                effect("{\"t\":5}", remove("t", "5"), "{}"),
                effect("{\"t\":5}", remove("t", "6"), "{\"t\":5}"),
                effect("{\"t\":\"5\"}", remove("t", "5"), "{\"t\":\"5\"}"),
                effect("{\"t\":{\"a\":1}}", remove("t", "{\"a\":1}"), "{\"t\":{\"a\":1}}"),
                effect("{\"t\":[[1]]}", remove("t", "[1]"), "{\"t\":[[1]]}"),
                effect("{\"a\":1}", remove("t", "1"), "{\"a\":1}"),
                effect(NOT_THERE, remove("t", "1"), NOT_THERE),
                // delete
                effect("{\"a\":1}", new Op.Delete(), NOT_THERE),
                effect(NOT_THERE, new Op.Delete(), NOT_THERE));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void hasItsEffect(@Nullable String before, Op op, @Nullable String after) {
        Applied applied = Ops.apply(List.of(op), true, image(before));

        assertThat(applied.isRefused()).isFalse();
        assertThat(text(applied.after())).isEqualTo(after);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("{\"t\":5}", add("t", "1"), Reason.TYPE_MISMATCH),
                Arguments.of("{\"t\":{\"a\":1}}", add("t", "1"), Reason.TYPE_MISMATCH),
                Arguments.of("{\"t\":[[1]]}", add("t", "1"), Reason.TYPE_MISMATCH),
                Arguments.of("{\"t\":[1,{}]}", add("t", "1"), Reason.TYPE_MISMATCH),
                Arguments.of("{}", add("t", "[1]"), Reason.TYPE_MISMATCH),
                Arguments.of("{}", new Op.Unknown(Reason.UNKNOWN_OP), Reason.UNKNOWN_OP),
                Arguments.of("{}", new Op.ApplyWhere("n", "a eq 1", List.of()), Reason.INVALID_OP));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesAllOpsForOne(String before, Op op, Reason reason) {
        Applied applied = Ops.apply(List.of(set("x", "1"), op), true, image(before));

        assertThat(applied.refused()).isEqualTo(reason);
        assertThat(text(applied.after())).isEqualTo(before);
    }

    static Stream<Op> creating() {
        return Stream.of(put("{}"), set("a", "1"), add("t", "1"));
    }

    @ParameterizedTest
    @MethodSource("creating")
    void createsNothingWhereItMayNot(Op op) {
        assertThat(Ops.apply(List.of(op), false, null).after()).isNull();
        assertThat(Ops.apply(List.of(op), false, Image.EMPTY).after()).isNotNull();
    }

    @Test
    void createsAgainBehindADelete() {
        List<Op> ops = List.of(new Op.Delete(), set("a", "1"));

        assertThat(text(Ops.apply(ops, true, image("{\"b\":1}")).after())).isEqualTo("{\"a\":1}");
        assertThat(text(Ops.apply(ops, false, image("{\"b\":1}")).after())).isNull();
    }

    private static Arguments effect(@Nullable String before, Op op, @Nullable String after) {
        return Arguments.of(before, op, after);
    }

    private static @Nullable Image image(@Nullable String canonical) {
        return canonical == null ? null : Image.ofCanonical(canonical);
    }

    private static @Nullable String text(@Nullable Image image) {
        return image == null ? null : image.canonical();
    }

    private static Op put(String payload) {
        return new Op.Put(payload);
    }

    private static Op set(String field, String value) {
        return new Op.SetField(field, value);
    }

    private static Op unset(String field) {
        return new Op.UnsetField(field);
    }

    private static Op add(String field, String value) {
        return new Op.AddMember(field, value);
    }

    private static Op remove(String field, String value) {
        return new Op.RemoveMember(field, value);
    }
}
