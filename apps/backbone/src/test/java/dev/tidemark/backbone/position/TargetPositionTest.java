package dev.tidemark.backbone.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetPositionTest {
    private static final Epoch EPOCH = new Epoch(1);
    private static final long NOW_MS = 10_000;

    @Test
    void isCurrentAtTheHead() {
        assertThat(at(20, 10, EPOCH, -1)).isEqualTo(new TargetPosition(0, 0L, "current"));
    }

    @Test
    void isBehindByRecordsAndByTheAgeOfTheFirstItHasNotSeen() {
        assertThat(at(10, 5, EPOCH, -1)).isEqualTo(new TargetPosition(5, NOW_MS - 600, "behind"));
    }

    @Test
    void isNewWhileItHasSeenNothing() {
        assertThat(at(-1, 0, EPOCH, -1)).isEqualTo(new TargetPosition(10, NOW_MS - 100, "new"));
    }

    @Test
    void isOfUnknownAgeWhereTheRecordIsNoLongerKnown() {
        TargetPosition position =
                TargetPosition.of(target(10, 5, EPOCH), head(-1), (project, ordinal) -> Optional.empty(), NOW_MS);

        assertThat(position.freshnessMs()).isNull();
    }

    @Test
    void isNeverOfTheFuture() {
        TargetPosition position = TargetPosition.of(
                target(10, 5, EPOCH), head(-1), (project, ordinal) -> Optional.of(NOW_MS + 5_000), NOW_MS);

        assertThat(position.freshnessMs()).isZero();
    }

    @Test
    void isExpiredInAnotherEpochWhateverItsLag() {
        assertThat(at(20, 10, new Epoch(2), -1)).isEqualTo(new TargetPosition(0, null, "expired"));
    }

    @Test
    void isExpiredBelowTheHorizon() {
        assertThat(at(10, 5, EPOCH, 11).state()).isEqualTo("expired");
        assertThat(at(10, 5, EPOCH, 10).state()).isEqualTo("behind");
    }

    /** Ten records, each 100 ms after the one before; their seqs are twice their ordinals. */
    private static TargetPosition at(long seq, long ordinal, Epoch epoch, long horizon) {
        return TargetPosition.of(
                target(seq, ordinal, epoch),
                head(horizon),
                (project, record) -> Optional.of(100 * record.value()),
                NOW_MS);
    }

    private static Head head(long horizon) {
        return new Head(EPOCH, new CloudSeq(20), new Ordinal(10), 7, Digest.ZERO, new CloudSeq(horizon));
    }

    private static Target target(long seq, long ordinal, Epoch epoch) {
        Cursor unified = new Cursor("p", epoch, new CloudSeq(seq), new Ordinal(ordinal), false, CloudSeq.NONE, 0);
        return new Target("p", "t", TargetKind.READER, null, List.of(), 1, unified, null, 0, 0);
    }
}
