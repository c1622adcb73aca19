package dev.tidemark.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.Ordinal;
import dev.tidemark.topology.InMemoryTask;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounded walks that get everywhere. */
class ExpiredRowsTest {
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final int PER_CALL = 5_000;
    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

    private MaterializeStores stores;
    private ExpiredRows expired;
    private KeyValueStore<Bytes, byte[]> tombstones;
    private KeyValueStore<Bytes, byte[]> changes;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        MockProcessorContext<byte[], byte[]> context =
                InMemoryTask.of(stateDir, Names.MATERIALIZE_APP, Names.MATERIALIZE_STORES);
        stores = new MaterializeStores(context);
        expired = new ExpiredRows(context, stores);
        tombstones = context.getStateStore(Names.TOMBSTONES_BY_TIME);
        changes = context.getStateStore(Names.CHANGES_BY_SEQ);
        tombstones.put(Keys.SENTINEL, new byte[] {1});
    }

    /** Projects whose last record is an old delete, such as those that were deleted, must not stand in the way of the others. */
    @Test
    void getsBehindMoreHeadRowsThanItLooksAtInOneGo() {
        for (int i = 0; i < PER_CALL + 10; i++) tombstone("q" + i, i, i, i);
        tombstone("p", 9_000, 8_000, 9_001);

        assertThat(expired.due(NOW_MS).tombstones()).isEmpty();
        assertThat(expired.due(NOW_MS).highest()).containsExactlyEntriesOf(java.util.Map.of("p", new CloudSeq(9_000)));
    }

    @Test
    void looksAgainAtWhatWasTheHeadRow() {
        tombstone("p", 1, 1, 1);
        assertThat(expired.due(NOW_MS).tombstones()).isEmpty();

        stores.putHead("p", head(2));

        assertThat(expired.due(NOW_MS).tombstones()).hasSize(1);
    }

    @Test
    void forgetsTombstonesThatAreSuperseded() {
        tombstone("p", 1, 1, 2);
        changes.delete(Keys.seq("p", new CloudSeq(1)));

        assertThat(expired.due(NOW_MS).tombstones()).isEmpty();
        assertThat(tombstones.get(Keys.timed(1, "p", 1))).isNull();
        assertThat(tombstones.get(Keys.SENTINEL)).isNotNull();
    }

    private void tombstone(String project, long seq, long committedMs, long headSeq) {
        ChangeRow row = new ChangeRow(
                new CloudSeq(seq),
                new Ordinal(1),
                Digest.ZERO,
                0,
                dev.tidemark.model.ChangeOp.DELETE,
                "note",
                "a",
                2,
                committedMs,
                ChangeRow.Slice.EMPTY,
                ChangeRow.Slice.EMPTY,
                JSON);
        changes.put(Keys.seq(project, row.seq()), MaterializeRows.change(row));
        tombstones.put(Keys.timed(committedMs, project, seq), new byte[0]);
        stores.putHead(project, head(headSeq));
    }

    private static Head head(long seq) {
        return new Head(new Epoch(1), new CloudSeq(seq), new Ordinal(1), 0, Digest.ZERO, CloudSeq.NONE);
    }
}
