package dev.tidemark.topology;

import static dev.tidemark.topology.AdmitDriver.codes;
import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Op;
import dev.tidemark.model.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** apply_where over Admit's stores: index, bounded scan, limits, and the place in the log (L10). */
class AdmitFanOutTest {
    private static final int FAN_OUT_MAX = 5;
    private static final int SCAN_MAX = 10;
    private static final Op MARK = new Op.SetField("marked", "true");

    private AdmitDriver admit;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        admit = new AdmitDriver(stateDir, new AdmitLimits(1 << 20, FAN_OUT_MAX, SCAN_MAX, 1_000_000, 1 << 24), 1);
    }

    @AfterEach
    void stop() {
        admit.close();
    }

    @Test
    void changesWhatMatchesByAScanInContiguousRecords() {
        admit.push(notes(1, 6).batch());
        admit.changes();

        Outcome outcome = admit.push(push().applyWhere(50, "post eq 0", MARK).batch())
                .outcomes()
                .get(0);

        List<EntityChange> changes = admit.changes();
        assertThat(changes).extracting(change -> change.id().key()).containsExactly("k2", "k4", "k6");
        assertThat(changes)
                .extracting(change -> change.meta().ordinal().value())
                .containsExactly(7L, 8L, 9L);
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.meta().applyWhere()).isTrue());
        assertThat(outcome.fanOut()).isEqualTo(new Outcome.FanOut(3, 3, 0));
        assertThat(outcome.firstOrdinal().value()).isEqualTo(7);
        assertThat(outcome.ordinal().value()).isEqualTo(9);
    }

    @Test
    void seesTheMutationsBeforeItInItsBatchAndNotThoseBehind() {
        BatchOutcome outcome = admit.push(push().put(1, "a", "{\"post\":1}")
                .set(2, "a", "post", "2")
                .applyWhere(3, "post eq 2", MARK)
                .put(4, "b", "{\"post\":2}")
                .batch());

        assertThat(codes(outcome)).containsExactly("accepted", "accepted", "accepted", "accepted");
        assertThat(admit.changes())
                .extracting(EntityChange::image)
                .containsExactly("{\"post\":2}", "{\"marked\":true,\"post\":2}", "{\"post\":2}");
    }

    @Test
    void skipsAndCountsEntitiesWhoseOpsWouldBeRejected() {
        admit.push(push().put(1, "a", "{\"post\":1,\"tags\":\"none\"}")
                .put(2, "b", "{\"post\":1}")
                .batch());
        admit.changes();

        Outcome outcome = admit.push(push().applyWhere(3, "post eq 1", new Op.AddMember("tags", "7"))
                        .batch())
                .outcomes()
                .get(0);

        assertThat(outcome.fanOut()).isEqualTo(new Outcome.FanOut(2, 1, 1));
        assertThat(admit.changes()).extracting(change -> change.id().key()).containsExactly("b");
    }

    @Test
    void rejectsOneThatMatchesMoreThanItMayAndChangesNothing() {
        admit.push(notes(1, 2 * FAN_OUT_MAX).batch());
        admit.changes();

        BatchOutcome all =
                admit.push(push().applyWhere(50, "post in [0, 1]", MARK).batch());
        BatchOutcome half = admit.push(push().applyWhere(51, "post eq 1", MARK).batch());

        assertThat(codes(all)).containsExactly("rejected fanout_limit");
        assertThat(codes(half)).containsExactly("accepted");
        assertThat(admit.changes()).hasSize(FAN_OUT_MAX);
    }

    @Test
    void rejectsAScanOverMoreEntitiesThanItMay() {
        admit.push(notes(1, SCAN_MAX + 1).batch());

        assertThat(codes(admit.push(push().applyWhere(50, "post eq 7", MARK).batch())))
                .containsExactly("rejected field_not_filterable");
    }

    @Test
    void looksAFilterableFieldUpHoweverManyEntitiesThereAre() {
        admit.putProject(PROJECT, "{\"filterable\":{\"note\":[\"post\"]}}");
        admit.push(notes(1, 3 * SCAN_MAX).put(49, "k9", "{\"post\":7}").batch());
        admit.changes();

        assertThat(codes(admit.push(push().applyWhere(50, "post eq 7", MARK).batch())))
                .containsExactly("accepted");
        assertThat(admit.changes()).extracting(change -> change.id().key()).containsExactly("k9");
    }

    @Test
    void indexesWhatIsThereWhenAFieldIsDeclaredFilterable() {
        admit.push(notes(1, 3 * SCAN_MAX).put(49, "k9", "{\"post\":[7,8]}").batch());
        admit.changes();

        admit.putProject(PROJECT, "{\"filterable\":{\"note\":[\"post\"]}}");

        assertThat(codes(admit.push(push().applyWhere(50, "post eq 8", MARK).batch())))
                .containsExactly("accepted");
        assertThat(admit.changes()).extracting(change -> change.id().key()).containsExactly("k9");
    }

    @Test
    void dropsTheIndexOfAFieldThatIsFilterableNoMore() {
        admit.putProject(PROJECT, "{\"filterable\":{\"note\":[\"post\",\"other\"]}}");
        admit.push(notes(1, 2).batch());
        admit.putProject(PROJECT, "{\"filterable\":{}}");

        try (var rows = admit.store(Names.PATHS_BY_FIELD).all()) {
            assertThat(rows).toIterable().hasSize(1);
        }
    }

    @Test
    void followsTheIndexedValueOfAnEntityAsItChangesAndGoes() {
        admit.putProject(PROJECT, "{\"filterable\":{\"note\":[\"post\"]}}");
        admit.push(push().put(1, "a", "{\"post\":1}")
                .put(2, "b", "{\"post\":1}")
                .put(3, "c", "{\"post\":1}")
                .batch());
        admit.push(push().set(4, "a", "post", "2").delete(5, "b").batch());
        admit.changes();

        Outcome outcome = admit.push(push().applyWhere(6, "post eq 1", MARK).batch())
                .outcomes()
                .get(0);

        assertThat(outcome.fanOut()).isEqualTo(new Outcome.FanOut(1, 1, 0));
        assertThat(admit.changes()).extracting(change -> change.id().key()).containsExactly("c");
    }

    @Test
    void answersAReSendWithoutFanningOutAgain() {
        admit.push(push().put(1, "a", "{\"post\":1}").batch());
        Push where = push().applyWhere(2, "post eq 1", MARK);
        Outcome first = admit.push(where.batch()).outcomes().get(0);
        admit.push(push().put(3, "b", "{\"post\":1}").batch());
        admit.changes();

        Outcome again = admit.push(where.batch()).outcomes().get(0);

        assertThat(again).isEqualTo(first.asDuplicate());
        assertThat(admit.changes()).isEmpty();
    }

    @Test
    void rejectsAQueryThatDoesNotParse() {
        assertThat(codes(admit.push(push().applyWhere(1, "post eq", MARK).batch())))
                .containsExactly("rejected query_invalid");
    }

    /** Keys k1, k2, and so on; the odd ones are of post 1, the even ones of post 0. */
    private static Push notes(int from, int to) {
        Push push = push();
        for (int i = from; i <= to; i++) push.put(i, "k" + i, "{\"post\":" + i % 2 + "}");
        return push;
    }
}
