package dev.tidemark.topology.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.algebra.DecidedOrigin;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ReplicaState;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.AlgebraModel;
import dev.tidemark.testkit.RandomBatches;
import dev.tidemark.testkit.RandomMutations;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;

/** What is rebuilt is what Admit had, or less in ways that take nothing twice. */
class RebuildLaws {
    private static final Epoch EPOCH = new Epoch(7);
    private static final ReplicaId REPLICA = new ReplicaId("p", "r", "0");

    /** A project after some history. */
    private static final class History {
        private final AlgebraModel model;
        private final List<EntityChange> changes = new ArrayList<>();
        private final List<BatchOutcome> outcomes = new ArrayList<>();
        private final TreeMap<Long, Outcome> decided = new TreeMap<>();
        private final DecidedProject project;

        History(Random random) {
            TreeMap<String, java.util.SortedSet<String>> filterable = new TreeMap<>();
            filterable.put("note", new TreeSet<>(List.of("f", "tags")));
            Policy policy = new Policy(false, filterable);
            project = new DecidedProject("p", ProjectHead.Life.OPEN, 0, EPOCH, policy);
            model = new AlgebraModel(EPOCH, policy, AdmitLimits.DEFAULT);
            RandomMutations mutations = new RandomMutations(random, RandomMutations.Mix.EVERYTHING);
            List<Mutation> all = new ArrayList<>();
            for (int i = 1; i <= 1 + random.nextInt(40); i++) all.add(mutations.next(3L * i));
            for (MutationBatch batch : new RandomBatches(random).split(REPLICA, all)) push(batch);
        }

        private void push(MutationBatch batch) {
            AlgebraModel.Pushed pushed = model.push(batch);
            changes.addAll(pushed.changes());
            outcomes.add(pushed.outcome());
            pushed.outcome().outcomes().forEach(each -> decided.put(each.localSeq(), each));
        }

        /** Without any of the records that another one of the same entity follows. */
        List<EntityChange> compacted(Random random) {
            Map<String, EntityChange> last = new HashMap<>();
            for (EntityChange change : changes) last.put(EntityPath.of(change.id()), change);
            return changes.stream()
                    .filter(change -> last.get(EntityPath.of(change.id())) == change || random.nextBoolean())
                    .toList();
        }
    }

    /** Rows as a compacted changelog has them. */
    private static final class Rows implements RowSink {
        private final Map<String, Map<Bytes, byte[]>> stores = new HashMap<>();

        @Override
        public void put(String store, Bytes key, byte[] value) {
            if (value == null) of(store).remove(key);
            else of(store).put(key, value);
        }

        Map<Bytes, byte[]> of(String store) {
            return stores.computeIfAbsent(store, each -> new HashMap<>());
        }
    }

    @Property
    void rowsFromACompactedLogAreThoseOfAdmit(@ForAll long seed) throws RepairRefused {
        Random random = new Random(seed);
        History history = new History(random);
        Rows rows = new Rows();
        ProjectRebuild rebuild = new ProjectRebuild(history.project, rows);
        for (EntityChange change : history.compacted(random)) rebuild.take(change, 5);
        ProjectHead head = rebuild.finish(List.of());
        assertThat(head.ordinal()).isEqualTo(history.model.head().ordinal());
        assertThat(head.total()).isEqualTo(history.model.head().total());
        for (EntityChange change : history.changes) {
            String path = EntityPath.of(change.id());
            assertThat(AdmitRows.entity(rows.of(Names.ENTITIES_BY_PATH).get(Keys.of(path))))
                    .isEqualTo(history.model.entity(path));
        }
        for (int number = 0; number < 256; number++) {
            byte[] row = rows.of(Names.HEADS).get(Keys.bucket("p", number));
            if (row != null) assertThat(AdmitRows.bucket(row)).isEqualTo(history.model.bucket(number));
        }
        for (String type : List.of("note", "tag")) {
            byte[] row = rows.of(Names.HEADS).get(Keys.typeCount("p", type));
            assertThat(row == null ? 0 : AdmitRows.count(row)).isEqualTo(history.model.countOf(type));
        }
    }

    @Property
    void theIndexFindsWhatAdmitFound(@ForAll long seed) throws RepairRefused {
        Random random = new Random(seed);
        History history = new History(random);
        Rows rows = new Rows();
        ProjectRebuild rebuild = new ProjectRebuild(history.project, rows);
        for (EntityChange change : history.compacted(random)) rebuild.take(change, 5);
        for (String field : List.of("f", "tags"))
            for (String value : List.of("1", "2", "\"x\"", "\"y\"", "true")) {
                byte[] prefix = Keys.indexPrefix("p", "note", field, value);
                List<String> found = rows.of(Names.PATHS_BY_FIELD).keySet().stream()
                        .filter(key -> java.util.Arrays.equals(
                                prefix, java.util.Arrays.copyOf(key.get(), Math.min(prefix.length, key.get().length))))
                        .map(key -> Keys.suffix(key, prefix.length))
                        .toList();
                assertThat(found)
                        .containsExactlyInAnyOrderElementsOf(history.model.pathsByField("note", field, value, 1_000));
            }
    }

    /** Whatever is gone of a log that others have read further is noticed. */
    @Property
    void aLogThatLacksItsEndIsRefused(@ForAll long seed) {
        History history = new History(new Random(seed));
        if (history.changes.size() < 2) return;
        List<EntityChange> shorter = history.changes.subList(0, history.changes.size() - 1);
        EntityChange cut = shorter.get(shorter.size() - 1);
        if (cut.meta().digest().equals(history.model.head().total().digest())) return;
        ProjectRebuild rebuild = new ProjectRebuild(history.project, RowSink.NOWHERE);
        shorter.forEach(change -> rebuild.take(change, 5));
        ProjectRebuild.KnownHead known = new ProjectRebuild.KnownHead(
                history.model.head().ordinal(), history.model.head().total(), 0);
        assertThatThrownBy(() -> rebuild.finish(List.of(known)))
                .isInstanceOf(RepairRefused.class)
                .hasMessageContaining("Records are missing from the log");
    }

    /** L2, from all outcomes or only the last of them, with records of a compacted log beside. */
    @Property
    void everyDecidedOriginHasItsOutcomeOrIsNotTakenAgain(@ForAll long seed) {
        Random random = new Random(seed);
        History history = new History(random);
        int from = random.nextInt(history.outcomes.size() + 1);
        OriginsRebuild rebuild = new OriginsRebuild();
        history.outcomes.subList(from, history.outcomes.size()).forEach(rebuild::decided);
        history.compacted(random).forEach(rebuild::logged);
        Rows rows = new Rows();
        rebuild.finish(rows);
        Map<Long, Outcome> rebuilt = outcomes(rows);
        byte[] row = rows.of(Names.REPLICAS).get(Keys.replica(REPLICA));
        ReplicaState state = row == null ? null : AdmitRows.replica(row);
        history.decided.forEach((localSeq, outcome) -> {
            Outcome found = rebuilt.get(localSeq);
            if (found != null && found.fanOut() == null) assertThat(found).isEqualTo(outcome);
            // Above all that is known, without an outcome and without a record, nobody can know.
            if (found == null && state != null && localSeq <= state.max())
                assertThat(localSeq).isLessThanOrEqualTo(state.floor());
        });
        if (from == 0) assertThat(rebuilt.keySet()).isEqualTo(history.decided.keySet());
        if (state != null) assertThat(state.max()).isGreaterThanOrEqualTo(state.floor());
    }

    /** What belongs to a generation that is over is not taken in the next one. */
    @Property
    void aRaisedFloorHoldsWhateverIsKnown(@ForAll long seed) {
        History history = new History(new Random(seed));
        OriginsRebuild rebuild = new OriginsRebuild();
        history.outcomes.forEach(rebuild::decided);
        rebuild.raiseFloor(REPLICA, 1_000);
        Rows rows = new Rows();
        rebuild.finish(rows);
        ReplicaState state = AdmitRows.replica(rows.of(Names.REPLICAS).get(Keys.replica(REPLICA)));
        assertThat(state.floor()).isEqualTo(1_000);
        assertThat(state.max()).isEqualTo(1_000);
    }

    private static Map<Long, Outcome> outcomes(Rows rows) {
        Map<Long, Outcome> outcomes = new TreeMap<>();
        for (byte[] row : rows.of(Names.ORIGINS).values()) {
            OriginRun<DecidedOrigin> run = AdmitRows.run(row);
            run.origins().forEach(each -> outcomes.put(each.localSeq(), each.outcome()));
        }
        return outcomes;
    }
}
