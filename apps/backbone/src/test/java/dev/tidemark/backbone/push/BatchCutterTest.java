package dev.tidemark.backbone.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchCutterTest {
    private static final ReplicaId A = new ReplicaId("p", "a", "0");
    private static final ReplicaId B = new ReplicaId("p", "b", "0");
    private static final int BYTES_MAX = 200_000;

    private final BatchCutter cutter = new BatchCutter(BYTES_MAX);
    private final List<MutationBatch> cut = new ArrayList<>();

    @Test
    void keepsOneReplicaTogether() {
        add(A, 1, 2, 5);

        assertThat(ended()).containsExactly("a 1,2,5 after null");
    }

    @Test
    void cutsWhereTheReplicaChangesAndKeepsTheGlobalOrder() {
        add(A, 1, 2);
        add(B, 7);
        add(A, 3);
        add(B, 8, 9);

        assertThat(ended()).containsExactly("a 1,2 after null", "b 7 after null", "a 3 after 2", "b 8,9 after 7");
    }

    @Test
    void takesAnotherIncarnationForAnotherReplica() {
        add(A, 5);
        add(new ReplicaId("p", "a", "1"), 1);

        assertThat(ended()).containsExactly("a 5 after null", "a 1 after null");
    }

    @Test
    void cutsAtTheMostMutationsOfABatch() {
        for (int i = 1; i <= MutationBatch.MUTATIONS_MAX + 1; i++) add(A, i);

        ended();

        assertThat(cut).extracting(batch -> batch.mutations().size()).containsExactly(MutationBatch.MUTATIONS_MAX, 1);
        assertThat(cut.get(1).follows()).isEqualTo(MutationBatch.MUTATIONS_MAX);
    }

    @Test
    void cutsBeforeABatchBecomesTooLarge() {
        for (int i = 1; i <= 30; i++) add(A, Mutation.of(i, "e", "k", new Op.Put("x".repeat(5_000))));

        ended();

        assertThat(cut)
                .hasSizeGreaterThan(1)
                .allSatisfy(batch -> assertThat(encodedAtMost(batch)).isLessThanOrEqualTo(BYTES_MAX));
        assertThat(cut.stream().mapToInt(batch -> batch.mutations().size()).sum())
                .isEqualTo(30);
    }

    @Test
    void countsEveryTextOfAnOpAtItsWorst() {
        String text = "é".repeat(10_000);
        List<Op> ops = List.of(
                new Op.Put(text),
                new Op.SetField("f", text),
                new Op.AddMember("f", text),
                new Op.RemoveMember("f", text),
                new Op.UnsetField(text),
                new Op.ApplyWhere("e", text, List.of(new Op.SetField("f", text))));
        for (Op op : ops) {
            BatchCutter each = new BatchCutter(25_000);
            each.add(A, Mutation.of(1, "e", "k", new Op.Delete()));

            assertThat(each.add(A, Mutation.of(2, "e", "k", op)))
                    .as(op.getClass().getSimpleName())
                    .isNotNull();
        }
    }

    @Test
    void sendsAMutationThatIsTooLargeAlone() {
        add(A, 1);
        add(A, Mutation.of(2, "e", "k", new Op.Put("x".repeat(BYTES_MAX))));
        add(A, 3);

        assertThat(ended()).containsExactly("a 1 after null", "a 2 after 1", "a 3 after 2");
    }

    @Test
    void beginsAfterTheMutationThatTheRequestFollows() {
        cutter.follows(A, 41);
        add(A, 42);

        assertThat(ended()).containsExactly("a 42 after 41");
    }

    @Test
    void refusesALocalSeqThatDoesNotRise() {
        add(A, 5);
        assertThatIllegalArgumentException().isThrownBy(() -> add(A, 5)).withMessageContaining("not above 5");
        assertThatIllegalArgumentException().isThrownBy(() -> add(A, 4));
    }

    @Test
    void refusesALocalSeqThatGoesBackAcrossAnotherReplica() {
        add(A, 5);
        add(B, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> add(A, 5));
    }

    @Test
    void refusesALocalSeqAtTheOneThatTheRequestFollows() {
        cutter.follows(A, 41);
        assertThatIllegalArgumentException().isThrownBy(() -> add(A, 41));
    }

    @Test
    void goesOnAfterARefusalAsIfNothingHadBeen() {
        add(A, 5);
        assertThatIllegalArgumentException().isThrownBy(() -> add(A, 1));
        add(A, 6);

        assertThat(ended()).containsExactly("a 5,6 after null");
    }

    @Test
    void hasNothingAtTheEndOfNothing() {
        assertThat(cutter.end()).isNull();
    }

    @Test
    void countsTheReplicasThatItRemembers() {
        add(A, 1);
        add(B, 1);
        add(A, 2);

        assertThat(cutter.replicas()).isEqualTo(2);
    }

    private void add(ReplicaId replica, long... localSeqs) {
        for (long localSeq : localSeqs) add(replica, Mutation.of(localSeq, "e", "k" + localSeq, new Op.Delete()));
    }

    private void add(ReplicaId replica, Mutation mutation) {
        MutationBatch complete = cutter.add(replica, mutation);
        if (complete != null) cut.add(complete);
    }

    private List<String> ended() {
        MutationBatch last = cutter.end();
        if (last != null) cut.add(last);
        return cut.stream().map(BatchCutterTest::shown).toList();
    }

    private static String shown(MutationBatch batch) {
        List<String> localSeqs = batch.mutations().stream()
                .map(mutation -> Long.toString(mutation.localSeq()))
                .toList();
        return batch.replica().replica() + " " + String.join(",", localSeqs) + " after " + batch.follows();
    }

    private static int encodedAtMost(MutationBatch batch) {
        return batch.mutations().size() * (3 * 5_000 + 100);
    }
}
