package dev.tidemark.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AckedThroughTest {
    @Test
    void aNewSourceHasNothing() {
        assertThat(new AckedThrough(-1).get()).isNull();
    }

    @Test
    void whatIsReceivedDuringACommitWaitsForTheNextOne() {
        AckedThrough acked = new AckedThrough(-1);
        acked.received(5);
        acked.committed();
        assertThat(acked.get()).isNull();
        acked.received(9);
        acked.committed();
        assertThat(acked.get()).isEqualTo(5);
        acked.committed();
        assertThat(acked.get()).isEqualTo(9);
    }

    @Test
    void aTaskThatStartsAgainKnowsItsCommittedOffset() {
        AckedThrough acked = new AckedThrough(41);
        assertThat(acked.get()).isEqualTo(41);
        acked.committed();
        assertThat(acked.get()).isEqualTo(41);
    }
}
