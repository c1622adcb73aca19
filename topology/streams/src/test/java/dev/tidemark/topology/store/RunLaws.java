package dev.tidemark.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.RunSpan;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.InMemoryTask;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is kept in memory of runs says what the rows say, whatever is written and dropped, and in whatever order. */
class RunLaws {
    private static final ReplicaId REPLICA = new ReplicaId("p", "laptop", "i1");
    private static final ReplicaId OTHER = new ReplicaId("p", "phone", "i1");
    private static final List<Epoch> EPOCHS = List.of(new Epoch(1), new Epoch(2));
    private static final int DROPPED_PER_CALL = 8;
    private static final int STEPS = 120;

    @Property(tries = 300)
    void theOldestRunsAreThoseThatAreStored(@ForAll long seed) {
        Random random = new Random(seed);
        TreeMap<Long, RunSpan> rows = new TreeMap<>();
        OldestRuns oldest = new OldestRuns(first ->
                rows.tailMap(first).values().stream().limit(OldestRuns.KEPT).toList());
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(3) > 0) {
                OriginRun<MappedOrigin> run = run(
                        random, rows.isEmpty() ? 0 : rows.lastEntry().getValue().last());
                if (!stands(rows, run)) continue;
                rows.put(run.first(), RunSpan.of(run));
                oldest.written(run);
            } else if (!rows.isEmpty()) {
                int count = random.nextInt(4);
                for (long first : List.copyOf(rows.keySet()).subList(0, Math.min(count, rows.size()))) {
                    rows.remove(first);
                    oldest.dropped(first);
                }
            }
            if (random.nextBoolean())
                assertThat(first(oldest, random.nextInt(40))).isSubsetOf(rows.values());
            assertThat(oldest.above(-1))
                    .isEqualTo(rows.isEmpty() ? null : rows.firstEntry().getValue());
        }
        assertThat(first(oldest, Integer.MAX_VALUE)).containsExactlyElementsOf(rows.values());
    }

    @Property(tries = 200)
    void theMappingKeepsAndDropsAsItsRowsSay(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path directory = Files.createTempDirectory("runs");
        KeyValueStore<Bytes, byte[]> store = InMemoryTask.of(
                        directory, Names.MATERIALIZE_APP, List.of(Names.OUTCOMES_BY_ORIGIN))
                .getStateStore(Names.OUTCOMES_BY_ORIGIN);
        MappedRuns runs = new MappedRuns(store);
        runs.put(OTHER, EPOCHS.get(0), run(random, 0), 5);
        byte[] others = store.get(Keys.mapped(
                OTHER, EPOCHS.get(0), all(store, OTHER, EPOCHS.get(0)).get(0).first()));
        long nowMs = 10;
        long kept = -1;
        for (int step = 0; step < STEPS; step++) {
            Epoch epoch = EPOCHS.get(step < STEPS / 2 || random.nextInt(20) == 0 ? 0 : 1);
            List<OriginRun<MappedOrigin>> before = all(store, REPLICA, epoch);
            long highest = before.isEmpty() ? -1 : before.get(before.size() - 1).last();
            if (random.nextBoolean()) {
                OriginRun<MappedOrigin> run = run(random, highest);
                boolean isAbove = runs.isAboveAll(REPLICA, epoch, run.first());
                if (isAbove) assertThat(run.first()).isGreaterThan(highest);
                if (run.first() > kept) assertThat(isAbove).isTrue();
                if (!stands(spans(before), run)) continue;
                kept = Math.max(kept, run.last());
                runs.put(REPLICA, epoch, run, nowMs += random.nextInt(3));
            } else {
                long floor = random.nextInt((int) highest + 20) - 5L;
                long untilMs = nowMs - random.nextInt(30);
                List<OriginRun<MappedOrigin>> expected = new ArrayList<>(before);
                expected.removeAll(due(store, epoch, before, floor, untilMs));
                if (floor >= 0 && untilMs > 0) {
                    runs.drop(REPLICA, epoch, floor, untilMs);
                    assertThat(all(store, REPLICA, epoch)).containsExactlyElementsOf(expected);
                }
            }
        }
        assertThat(all(store, OTHER, EPOCHS.get(0))).hasSize(1);
        assertThat(others).isNotNull();
        Files.deleteIfExists(directory);
    }

    private static List<RunSpan> first(OldestRuns oldest, int count) {
        List<RunSpan> spans = new ArrayList<>();
        RunSpan span = oldest.above(-1);
        while (span != null && spans.size() < count) {
            spans.add(span);
            span = oldest.above(span.first());
        }
        return spans;
    }

    private static List<OriginRun<MappedOrigin>> due(
            KeyValueStore<Bytes, byte[]> store,
            Epoch epoch,
            List<OriginRun<MappedOrigin>> runs,
            long floor,
            long untilMs) {
        List<OriginRun<MappedOrigin>> due = new ArrayList<>();
        for (OriginRun<MappedOrigin> run : runs) {
            byte[] row = store.get(Keys.mapped(REPLICA, epoch, run.first()));
            boolean isDue = run.last() <= floor && MaterializeRows.runDecidedMs(row) < untilMs;
            if (!isDue || due.size() == DROPPED_PER_CALL) break;
            due.add(run);
        }
        return due;
    }

    private static List<OriginRun<MappedOrigin>> all(
            KeyValueStore<Bytes, byte[]> store, ReplicaId replica, Epoch epoch) {
        List<OriginRun<MappedOrigin>> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows =
                store.range(Keys.mapped(replica, epoch, 0), Keys.mapped(replica, epoch, Long.MAX_VALUE))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                all.add(MaterializeRows.run(row.value));
            }
        }
        return all;
    }

    private static TreeMap<Long, RunSpan> spans(List<OriginRun<MappedOrigin>> runs) {
        TreeMap<Long, RunSpan> spans = new TreeMap<>();
        for (OriginRun<MappedOrigin> run : runs) spans.put(run.first(), RunSpan.of(run));
        return spans;
    }

    /** Whether the run overlaps none, or takes the place of the one that begins where it does without reaching the next. */
    private static boolean stands(TreeMap<Long, RunSpan> rows, OriginRun<MappedOrigin> run) {
        Map.Entry<Long, RunSpan> before = rows.lowerEntry(run.first());
        Map.Entry<Long, RunSpan> after = rows.higherEntry(run.first());
        return (before == null || before.getValue().last() < run.first())
                && (after == null || run.last() < after.getKey());
    }

    /** Mostly behind the highest one, now and then anywhere. */
    private static OriginRun<MappedOrigin> run(Random random, long highest) {
        long first = random.nextInt(4) > 0 ? highest + 1 + random.nextInt(10) : random.nextInt((int) highest + 12);
        List<MappedOrigin> origins = new ArrayList<>();
        for (long at = first; origins.isEmpty() || random.nextInt(3) > 0; at += 1 + random.nextInt(2))
            origins.add(origin(at));
        return new OriginRun<>(origins);
    }

    private static MappedOrigin origin(long localSeq) {
        Outcome outcome =
                new Outcome(localSeq, Outcome.Kind.ACCEPTED, false, new Ordinal(1), new Ordinal(1), 1, null, null);
        return new MappedOrigin(outcome, new CloudSeq(1), new CloudSeq(1));
    }
}
