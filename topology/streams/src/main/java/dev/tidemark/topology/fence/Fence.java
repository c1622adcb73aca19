package dev.tidemark.topology.fence;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.serde.Keys;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares one partition's restored state with the cluster before its first record (semantics, section 7). Kafka Streams
 * recreates a lost changelog as empty and goes on; without the fence the next {@code set} would write a truncated image.
 * Invariants: a store without its sentinel is used only where the application has never committed any work; every other
 * difference stops the task.
 */
public final class Fence {
    /** Name of the store that a fence keeps its own rows in, in both topologies. */
    public static final String STORE = "fence";

    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);
    private static final String LOG_RECREATED =
            "tidemark.log is another topic than the one this state was built with (it was recreated)";
    /** A commit reaches the changelogs and the log one partition at a time; each look at the log takes some milliseconds. */
    private static final int LAST_LOOKS_MAX = 50;

    private final Scope scope;
    private final Cluster cluster;
    private final ClusterIdentity identity;
    private final int partition;
    private final File stateDir;
    private final KeyValueStore<Bytes, byte[]> own;
    private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new TreeMap<>();
    private boolean begun;

    /**
     * What a fence guards.
     *
     * @param inputs topics whose committed offsets tell whether the application ever worked
     * @param stores all stores of the topology, its own included
     * @param writesLog whether it is the log's writer, whose last record must be the log's last
     */
    public record Scope(String applicationId, List<String> inputs, List<String> stores, boolean writesLog) {}

    public Fence(Scope scope, Cluster cluster, ClusterIdentity identity, ProcessingContext context) {
        this.scope = scope;
        this.cluster = cluster;
        this.identity = identity;
        this.partition = context.taskId().partition();
        this.stateDir = context.stateDir();
        for (String store : scope.stores()) stores.put(store, context.getStateStore(store));
        this.own = context.getStateStore(STORE);
    }

    /** Topic that keeps a store, as Kafka Streams names it. */
    public static String changelog(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }

    /** @throws StateMismatch if state and cluster do not belong together */
    public void check() {
        List<String> lost = new ArrayList<>();
        stores.forEach((name, store) -> {
            if (store.get(Keys.SENTINEL) == null) lost.add(name);
        });
        byte[] row = own.get(FenceRows.IDENTITY);
        boolean nothing = row == null && lost.size() == stores.size();
        if (nothing && isFirstStart()) return;
        if (row == null) lost.add(STORE);
        if (!lost.isEmpty())
            throw mismatch(
                    "the stores " + lost + " are empty although work was committed: their changelog topics were"
                            + " deleted or recreated, or a repair did not end",
                    Remedy.ofWriter(scope.writesLog()));
        compare(FenceRows.fence(row));
        begun = true;
        markInUse();
    }

    /** Before the first write of a task: marks every store as begun. */
    public void begin() {
        if (begun) return;
        Map<String, String> changelogs = changelogIds();
        if (changelogs.size() < stores.size())
            throw new IllegalStateException("changelog topics are not visible yet, only of " + changelogs.keySet());
        stores.forEach((name, store) -> store.put(Keys.SENTINEL, FenceRows.sentinel(changelogs.get(name))));
        FenceRow row = new FenceRow(identity.logTopicId(), identity.partitions(), changelogs);
        own.put(FenceRows.IDENTITY, FenceRows.fence(row));
        begun = true;
    }

    /** Remembers the last record written to the log, in the transaction that writes it. */
    public void wrote(Cluster.LastRecord last) {
        own.put(FenceRows.LAST, FenceRows.last(last));
    }

    /**
     * Compares with the cluster while running. A cluster that does not answer is no difference; it is asked again.
     *
     * @throws StateMismatch if the topics' partitions were changed, or the log was recreated
     */
    public void watch() {
        markInUse();
        try {
            int live = cluster.partitionsOf(scope.inputs().get(0));
            if (live != identity.partitions()) throw mismatch(partitionsChanged(live), Remedy.LOG);
            String logId = cluster.topicIds(List.of(TopicCatalogue.LOG)).get(TopicCatalogue.LOG);
            if (!identity.logTopicId().equals(logId)) throw mismatch(LOG_RECREATED, Remedy.LOG);
        } catch (Cluster.ClusterUnreachable e) {
            LOG.atWarn()
                    .addKeyValue("application", scope.applicationId())
                    .addKeyValue("partition", partition)
                    .setCause(e)
                    .log("the cluster was not compared");
        }
    }

    /**
     * State that was not in use for long may lack deletes that its changelogs no longer have, so Kafka Streams throws it away by
     * the age of this folder, whose time nothing else moves on.
     */
    private void markInUse() {
        if (!stateDir.setLastModified(System.currentTimeMillis()))
            LOG.atWarn().addKeyValue("folder", stateDir).log("state cannot be marked as in use; it will be restored");
    }

    private boolean isFirstStart() {
        boolean logEmpty = !scope.writesLog() || cluster.lastRecord(partition).isEmpty();
        return logEmpty && cluster.isUntouched(scope.applicationId(), scope.inputs(), partition);
    }

    private void compare(FenceRow row) {
        if (!row.logTopicId().equals(identity.logTopicId())) throw mismatch(LOG_RECREATED, Remedy.LOG);
        if (row.partitions() != identity.partitions())
            throw mismatch(partitionsChanged(identity.partitions()), Remedy.LOG);
        Map<String, String> now = changelogIds();
        row.changelogIds().forEach((store, id) -> {
            if (!id.equals(now.get(store)))
                throw mismatch(
                        "the changelog topic of store " + store + " was "
                                + (now.containsKey(store) ? "recreated" : "deleted"),
                        Remedy.ofWriter(scope.writesLog()));
        });
        compareSentinels(now);
        if (scope.writesLog()) compareLast();
    }

    /** State that was kept here while its changelogs were rebuilt elsewhere gets their last rows, and never their first. */
    private void compareSentinels(Map<String, String> changelogs) {
        stores.forEach((name, store) -> {
            if (!Arrays.equals(store.get(Keys.SENTINEL), FenceRows.sentinel(changelogs.get(name))))
                throw mismatch(
                        "the local state of store " + name + " is older than its changelog topic", Remedy.LOCAL_STATE);
        });
    }

    private void compareLast() {
        byte[] row = own.get(FenceRows.LAST);
        Cluster.@Nullable LastRecord written = row == null ? null : FenceRows.last(row);
        Cluster.@Nullable LastRecord logged = null;
        for (int look = 0; look < LAST_LOOKS_MAX; look++) {
            logged = cluster.lastRecord(partition).orElse(null);
            if (Objects.equals(written, logged)) return;
        }
        throw mismatch(
                "the last record of tidemark.log is " + describe(logged) + ", Admit wrote last " + describe(written),
                isBehind(logged, written) ? Remedy.LOG : Remedy.ADMIT);
    }

    /** Whether the log lost what Admit wrote; of two projects nobody can tell. */
    private static boolean isBehind(Cluster.@Nullable LastRecord logged, Cluster.@Nullable LastRecord written) {
        if (logged == null || written == null) return logged == null;
        return logged.project().equals(written.project()) && written.ordinal().isAfter(logged.ordinal());
    }

    private static String describe(Cluster.@Nullable LastRecord record) {
        return record == null ? "none" : "ordinal " + record.ordinal().value() + " of project " + record.project();
    }

    private Map<String, String> changelogIds() {
        Map<String, String> topics = new TreeMap<>();
        scope.stores().forEach(store -> topics.put(changelog(scope.applicationId(), store), store));
        Map<String, String> ids = new TreeMap<>();
        cluster.topicIds(topics.keySet()).forEach((topic, id) -> ids.put(String.valueOf(topics.get(topic)), id));
        return ids;
    }

    private String partitionsChanged(int live) {
        return "the topics have " + live
                + " partitions now, the state was built with another count; projects would change" + " their partition";
    }

    private StateMismatch mismatch(String what, Remedy remedy) {
        return new StateMismatch(StateMismatch.CODE + ": " + scope.applicationId() + " partition " + partition + ": "
                + what + ". Nothing was read or written. " + remedy.text()
                + "; see deploy/README.md, \"state_mismatch\"");
    }
}
