package dev.tidemark.topology.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.FakeCluster;
import dev.tidemark.topology.InMemoryTask;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Cluster.ClusterUnreachable;
import dev.tidemark.topology.fence.Cluster.LastRecord;
import dev.tidemark.topology.serde.Keys;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every difference between state and cluster is found before the first record. */
class FenceTest {
    private static final int PARTITIONS = 6;
    private static final LastRecord LAST = new LastRecord("p", new Ordinal(7), new Digest(1, 2));
    private static final List<String> ADMIT_STORES = Names.ADMIT_STORES;
    private static final List<String> MATERIALIZE_STORES = Names.MATERIALIZE_STORES;
    private static final Fence.Scope ADMIT = new Fence.Scope(
            Names.ADMIT_APP, List.of(TopicCatalogue.MUTATIONS, TopicCatalogue.COMMANDS), ADMIT_STORES, true);
    private static final Fence.Scope MATERIALIZE =
            new Fence.Scope(Names.MATERIALIZE_APP, List.of(TopicCatalogue.LOG), MATERIALIZE_STORES, false);

    @TempDir
    private Path stateDir;

    private FakeCluster cluster;
    private MockProcessorContext<byte[], byte[]> admit;
    private MockProcessorContext<byte[], byte[]> materialize;

    @BeforeEach
    void start() {
        cluster = new FakeCluster(PARTITIONS);
        admit = InMemoryTask.of(stateDir, Names.ADMIT_APP, ADMIT_STORES);
        materialize = InMemoryTask.of(stateDir, Names.MATERIALIZE_APP, MATERIALIZE_STORES);
    }

    @Test
    void passesAFirstStart() {
        assertThatCode(() -> fence(ADMIT, admit).check()).doesNotThrowAnyException();
        assertThatCode(() -> fence(MATERIALIZE, materialize).check()).doesNotThrowAnyException();
    }

    @Test
    void passesWhatFitsAfterWorkWasCommitted() {
        work();

        assertThatCode(() -> fence(ADMIT, admit).check()).doesNotThrowAnyException();
        assertThatCode(() -> fence(MATERIALIZE, materialize).check()).doesNotThrowAnyException();
    }

    @Test
    void passesAdmitThatNeverWroteARecordWhereTheLogHasNone() {
        fence(ADMIT, admit).begin();
        cluster.touch();

        assertThatCode(() -> fence(ADMIT, admit).check()).doesNotThrowAnyException();
    }

    @Test
    void refusesEmptyStateWhereWorkWasCommitted() {
        cluster.touch();

        refuses(ADMIT, admit, "are empty although work was committed");
        refuses(MATERIALIZE, materialize, "are empty although work was committed");
    }

    @Test
    void refusesEmptyStateOfAdmitWhereTheLogHasARecord() {
        cluster.setLastRecord(LAST);

        refuses(ADMIT, admit, "are empty although work was committed");
    }

    @ParameterizedTest
    @FieldSource("ADMIT_STORES")
    void refusesALostStoreOfAdmit(String store) {
        work();
        empty(admit, store);

        refuses(ADMIT, admit, store);
    }

    @ParameterizedTest
    @FieldSource("MATERIALIZE_STORES")
    void refusesALostStoreOfMaterialize(String store) {
        work();
        empty(materialize, store);

        refuses(MATERIALIZE, materialize, store);
    }

    /** The fence's own store is lost, its sentinel was written again by somebody. */
    @Test
    void refusesStateThatDoesNotSayWhatItBelongsTo() {
        work();
        store(admit, Names.ADMIT_FENCE).delete(Keys.of("identity"));

        refuses(ADMIT, admit, "[fence]");
    }

    /** Something that a test does to the cluster, and what is then said. */
    private record Difference(String says, Consumer<FakeCluster> change) {
        @Override
        public String toString() {
            return says;
        }
    }

    static Stream<Difference> differences() {
        Stream<Difference> changelogs = ADMIT_STORES.stream().flatMap(store -> {
            String changelog = Names.changelog(Names.ADMIT_APP, store);
            return Stream.of(
                    new Difference(
                            "changelog topic of store " + store + " was recreated",
                            cluster -> cluster.recreate(changelog)),
                    new Difference(
                            "changelog topic of store " + store + " was deleted",
                            cluster -> cluster.delete(changelog)));
        });
        Stream<Difference> others = Stream.of(
                new Difference("the topics have 12 partitions now", cluster -> cluster.setPartitions(12)),
                new Difference("last record of tidemark.log is none", cluster -> cluster.setLastRecord(null)),
                new Difference(
                        "is ordinal 8 of project p, Admit wrote last ordinal 7 of project p",
                        cluster -> cluster.setLastRecord(new LastRecord("p", new Ordinal(8), LAST.digest()))),
                new Difference(
                        "is ordinal 7 of project q",
                        cluster -> cluster.setLastRecord(new LastRecord("q", LAST.ordinal(), LAST.digest()))),
                new Difference(
                        "the last record of tidemark.log",
                        cluster -> cluster.setLastRecord(new LastRecord("p", LAST.ordinal(), new Digest(1, 3)))));
        return Stream.concat(changelogs, others);
    }

    @ParameterizedTest
    @MethodSource("differences")
    void refusesADifference(Difference difference) {
        work();
        difference.change().accept(cluster);

        refuses(ADMIT, admit, difference.says());
    }

    @Test
    void refusesAnotherLog() {
        work();
        ClusterIdentity other = new ClusterIdentity(FakeCluster.CLUSTER_ID, "another log", PARTITIONS);

        assertThatThrownBy(() -> new Fence(ADMIT, cluster, other, admit).check())
                .isInstanceOf(StateMismatch.class)
                .hasMessageContaining("tidemark.log is another topic");
    }

    @Test
    void refusesALogThatHasMoreThanAdmitWrote() {
        fence(ADMIT, admit).begin();
        cluster.touch().setLastRecord(LAST);

        refuses(ADMIT, admit, "Admit wrote last none");
    }

    /** It was kept here while the changelogs were rebuilt, and has got their last rows since. */
    @ParameterizedTest
    @FieldSource("ADMIT_STORES")
    void refusesLocalStateThatIsOlderThanItsChangelog(String store) {
        work();
        store(admit, store).put(Keys.SENTINEL, FenceRows.sentinel("the changelog of before"));

        refuses(ADMIT, admit, "local state of store " + store + " is older than its changelog");
    }

    @Test
    void namesTheRepairThatHelps() {
        work();
        empty(admit, Names.ORIGINS);
        empty(materialize, Names.SEQS_BY_PATH);
        refuses(ADMIT, admit, "tidemark repair admit");
        refuses(MATERIALIZE, materialize, "tidemark repair materialize");
        ClusterIdentity other = new ClusterIdentity(FakeCluster.CLUSTER_ID, "another log", PARTITIONS);
        start();
        work();
        assertThatThrownBy(() -> new Fence(ADMIT, cluster, other, admit).check())
                .hasMessageContaining("tidemark repair log");
    }

    @Test
    void aLogThatLostWhatAdmitWroteIsWrittenAnewAndNotTheOtherWayRound() {
        work();
        cluster.setLastRecord(new LastRecord("p", new Ordinal(6), LAST.digest()));
        refuses(ADMIT, admit, "tidemark repair log");
        cluster.setLastRecord(new LastRecord("p", new Ordinal(8), LAST.digest()));
        refuses(ADMIT, admit, "tidemark repair admit");
    }

    /** The commit markers of one transaction reach the changelogs and the log one partition after the other. */
    @Test
    void waitsForACommitThatTheLogDoesNotShowYet() {
        work();
        LastRecord before = new LastRecord("p", new Ordinal(6), new Digest(0, 9));
        int[] looks = {0};
        Cluster late = new DelegatingCluster(cluster) {
            @Override
            public Optional<LastRecord> lastRecord(int partition) {
                return Optional.of(looks[0]++ < 3 ? before : LAST);
            }
        };

        assertThatCode(() -> new Fence(ADMIT, late, cluster.identity(), admit).check())
                .doesNotThrowAnyException();
        assertThat(looks[0]).isEqualTo(4);
    }

    @Test
    void beginsOnlyWhereEveryChangelogIsVisible() {
        cluster.delete(Names.changelog(Names.ADMIT_APP, Names.ORIGINS));
        Fence fence = fence(ADMIT, admit);

        assertThatThrownBy(fence::begin).isInstanceOf(IllegalStateException.class);
        assertThat(store(admit, Names.ADMIT_FENCE).get(Keys.SENTINEL)).isNull();
    }

    @Test
    void saysNothingIsSafeWhereTheClusterDoesNotAnswerAtStart() {
        work();
        cluster.setUnreachable(true);

        assertThatThrownBy(() -> fence(ADMIT, admit).check()).isInstanceOf(ClusterUnreachable.class);
    }

    @Test
    void goesOnWhereTheClusterDoesNotAnswerWhileItRuns() {
        work();
        Fence fence = fence(ADMIT, admit);
        cluster.setUnreachable(true);

        assertThatCode(fence::watch).doesNotThrowAnyException();
    }

    @Test
    void stopsWherePartitionsAreAddedWhileItRuns() {
        Fence fence = fence(ADMIT, admit);
        cluster.setPartitions(PARTITIONS + 1);

        assertThatThrownBy(fence::watch).isInstanceOf(StateMismatch.class).hasMessageContaining("7 partitions");
    }

    @Test
    void stopsWhereTheLogIsRecreatedWhileItRuns() {
        Fence fence = fence(ADMIT, admit);
        cluster.recreate(TopicCatalogue.LOG);

        assertThatThrownBy(fence::watch).isInstanceOf(StateMismatch.class).hasMessageContaining("tidemark.log");
    }

    @Test
    void marksTheStateAsInUse() {
        File folder = stateDir.toFile();
        work();
        assertThat(folder.setLastModified(1_000_000)).isTrue();

        fence(ADMIT, admit).check();
        assertThat(folder.lastModified()).isGreaterThan(1_000_000);
    }

    /** Both applications have committed work, and the log has the record that Admit wrote last. */
    private void work() {
        Fence fence = fence(ADMIT, admit);
        fence.begin();
        fence.wrote(LAST);
        fence(MATERIALIZE, materialize).begin();
        cluster.touch().setLastRecord(LAST);
    }

    private Fence fence(Fence.Scope scope, MockProcessorContext<byte[], byte[]> context) {
        return new Fence(scope, cluster, new FakeCluster(PARTITIONS).identity(), context);
    }

    private void refuses(Fence.Scope scope, MockProcessorContext<byte[], byte[]> context, String says) {
        ClusterIdentity identity = cluster.identity();
        assertThatThrownBy(() -> new Fence(scope, cluster, identity, context).check())
                .isInstanceOf(StateMismatch.class)
                .hasMessageStartingWith("state_mismatch: " + scope.applicationId() + " partition 0: ")
                .hasMessageContaining(says);
    }

    private static KeyValueStore<Bytes, byte[]> store(MockProcessorContext<byte[], byte[]> context, String name) {
        return context.getStateStore(name);
    }

    private static void empty(MockProcessorContext<byte[], byte[]> context, String name) {
        KeyValueStore<Bytes, byte[]> store = store(context, name);
        List<Bytes> keys = new java.util.ArrayList<>();
        try (var rows = store.all()) {
            rows.forEachRemaining(row -> keys.add(row.key));
        }
        keys.forEach(store::delete);
    }
}
