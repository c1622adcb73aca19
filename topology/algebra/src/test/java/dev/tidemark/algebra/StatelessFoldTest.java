package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.Op;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of ops that a connector folds; that the effect is the same is law L1, in the testkit. */
class StatelessFoldTest {
    private static final Set<String> SETS = Set.of("t");

    static Stream<Arguments> folds() {
        return Stream.of(
                fold("the last put stands alone", "put set:a put", "put"),
                fold("a delete kills what precedes it", "set:a add:t:1 delete", "delete"),
                fold("what follows a delete stays", "put delete set:a", "delete set:a"),
                fold("the last set of a field counts", "set:a set:b set:a", "set:a set:b"),
                fold("unset kills set", "set:b set:a unset:a", "set:b unset:a"),
                fold("set kills member ops", "add:t:1 remove:t:2 set:t", "set:t"),
                fold("the last op of a member counts", "add:t:1 remove:t:1 add:t:2 add:t:1", "add:t:2 add:t:1"),
                fold("one creating op remains", "add:t:1 remove:t:1", "add:t:1 remove:t:1"),
                fold("none is needed behind a put", "put add:t:1 remove:t:1", "put remove:t:1"),
                fold("one is needed behind a delete", "delete add:t:1 remove:t:1", "delete add:t:1 remove:t:1"),
                fold("the first creating op comes first", "unset:a add:t:1 remove:t:1", "add:t:1 unset:a remove:t:1"),
                fold("unset creates nothing", "unset:a unset:a", "unset:a"),
                fold(
                        "undeclared sets are left as they are",
                        "add:u:1 remove:u:1 add:u:1",
                        "add:u:1 remove:u:1 add:u:1"),
                fold("a scalar remove behind a set stays", "set:u remove:u:1 set:u", "set:u"),
                fold("nothing is nothing", "", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folds")
    void leavesThese(String name, String before, String after) {
        List<Op> folded = StatelessFold.fold(ops(before), true, SETS);

        assertThat(folded.stream().map(StatelessFoldTest::word).collect(Collectors.joining(" ")))
                .isEqualTo(after);
    }

    static Stream<Arguments> withoutCreating() {
        return Stream.of(
                fold("behind a delete nothing comes back", "set:a delete set:a put", "delete"),
                fold("without a delete it is as ever", "set:a set:a", "set:a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutCreating")
    void leavesTheseWhereNothingIsCreated(String name, String before, String after) {
        List<Op> folded = StatelessFold.fold(ops(before), false, SETS);

        assertThat(folded.stream().map(StatelessFoldTest::word).collect(Collectors.joining(" ")))
                .isEqualTo(after);
    }

    private static Arguments fold(String name, String before, String after) {
        return Arguments.of(name, before, after);
    }

    private static List<Op> ops(String words) {
        return Stream.of(words.split(" "))
                .filter(word -> !word.isEmpty())
                .map(StatelessFoldTest::op)
                .toList();
    }

    private static Op op(String word) {
        String[] parts = word.split(":");
        return switch (parts[0]) {
            case "put" -> new Op.Put("{}");
            case "delete" -> new Op.Delete();
            case "set" -> new Op.SetField(parts[1], "[7]");
            case "unset" -> new Op.UnsetField(parts[1]);
            case "add" -> new Op.AddMember(parts[1], parts[2]);
            default -> new Op.RemoveMember(parts[1], parts[2]);
        };
    }

    private static String word(Op op) {
        if (op instanceof Op.Put) return "put";
        if (op instanceof Op.Delete) return "delete";
        if (op instanceof Op.SetField set) return "set:" + set.field();
        if (op instanceof Op.UnsetField unset) return "unset:" + unset.field();
        if (op instanceof Op.AddMember add) return "add:" + add.field() + ":" + add.value();
        Op.RemoveMember remove = (Op.RemoveMember) op;
        return "remove:" + remove.field() + ":" + remove.value();
    }
}
