package dev.tidemark.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingTargetsTest {
    private static final String PROJECT = "p";

    private final PendingTargets pending = new PendingTargets(1);

    @Test
    void aTargetIsShownAsItWasUntilTheChangeIsCommitted() {
        changes("t", at("t", 3));
        changes("t", at("t", 5));
        assertThat(pending.committed(PROJECT, "t", at("t", 7))).contains(at("t", 3));
        pending.committed();
        assertThat(pending.committed(PROJECT, "t", at("t", 7))).contains(at("t", 7));
    }

    @Test
    void oneThatIsNewIsNotShownAndOneThatIsDeletedIsUntilThatIsCommitted() {
        changes("new", null);
        changes("gone", at("gone", 1));
        List<Target> stored = List.of(at("a", 1), at("new", 2));
        assertThat(pending.committed(PROJECT, stored)).containsExactly(at("a", 1), at("gone", 1));
        pending.committed();
        assertThat(pending.committed(PROJECT, stored)).isEqualTo(stored);
    }

    @Test
    void anAnswerIsGivenWhenItIsCommittedAndNotOnceThePartitionIsTakenAgain() {
        List<String> told = new ArrayList<>();
        pending.whenCommitted(0, () -> told.add("rolled back"));
        pending.taken(0);
        pending.whenCommitted(0, () -> told.add("committed"));
        assertThat(told).isEmpty();
        pending.committed();
        pending.committed();
        assertThat(told).containsExactly("committed");
    }

    @Test
    void whatALifeBeforeChangedIsForgottenWhenThePartitionIsTakenAgain() {
        changes("t", at("t", 3));
        pending.taken(0);
        assertThat(pending.committed(PROJECT, "t", at("t", 2))).contains(at("t", 2));
        changes("t", at("t", 2));
        assertThat(pending.committed(PROJECT, "t", at("t", 4))).contains(at("t", 2));
    }

    @Test
    void aCommitOfOneThreadDoesNotShowWhatAnotherChanged() throws ExecutionException, InterruptedException {
        changes("mine", at("mine", 1));
        var other = Executors.newSingleThreadExecutor();
        try {
            other.submit(() -> {
                        changes("other", at("other", 1));
                        pending.committed();
                    })
                    .get();
        } finally {
            other.shutdownNow();
        }
        assertThat(pending.committed(PROJECT, "mine", at("mine", 2))).contains(at("mine", 1));
        assertThat(pending.committed(PROJECT, "other", at("other", 2))).contains(at("other", 2));
    }

    @Test
    void whoWaitsGoesOnAtTheCommitOrWhenTheTimeIsOver() throws ExecutionException, InterruptedException {
        changes("t", at("t", 1));
        pending.awaitCommit("another", Duration.ofDays(1));
        pending.awaitCommit(PROJECT, Duration.ofMillis(1));
        var waiting = CompletableFuture.runAsync(() -> pending.awaitCommit(PROJECT, Duration.ofDays(1)));
        pending.committed();
        waiting.get();
    }

    private void changes(String name, @Nullable Target before) {
        pending.changing(PROJECT, name, before);
    }

    private static Target at(String name, long seq) {
        Cursor unified = new Cursor(PROJECT, new Epoch(1), new CloudSeq(seq), new Ordinal(seq), true, CloudSeq.NONE, 0);
        return new Target(PROJECT, name, TargetKind.READER, null, List.of(), 1, unified, null, 0, 0);
    }
}
