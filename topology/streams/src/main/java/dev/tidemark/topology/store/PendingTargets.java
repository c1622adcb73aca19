package dev.tidemark.topology.store;

import dev.tidemark.model.Target;
import dev.tidemark.topic.Partitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Targets that changed since the last commit, as they were at it. A target hangs on the order in which acks, outcomes and the log are
 * read, and a task that starts again reads them in another; so what is shown of a target is what was committed, or L4 would not
 * hold across restarts. Stream threads tell what they change and when it is committed; any thread may ask. Thread-safe.
 */
public final class PendingTargets {
    private final int partitions;
    private final Map<Name, Change> changes = new ConcurrentHashMap<>();
    private final ThreadLocal<Transaction> current = ThreadLocal.withInitial(Transaction::new);

    private record Name(String project, String target) {}

    private record Change(@Nullable Target before, Transaction in) {}

    private record Told(int partition, Runnable what) {}

    /** What one stream thread commits at once. Only that thread changes it. */
    private static final class Transaction {
        final Set<Name> changed = new HashSet<>();
        final List<Told> told = new ArrayList<>();
        final CompletableFuture<Void> ended = new CompletableFuture<>();
    }

    public PendingTargets(int recordedPartitions) {
        this.partitions = recordedPartitions;
    }

    /**
     * Called before the change is written to the store.
     *
     * @param before null: there was no such target
     */
    public void changing(String project, String target, @Nullable Target before) {
        Name name = new Name(project, target);
        Transaction transaction = current.get();
        if (!transaction.changed.add(name)) return;
        changes.put(name, new Change(before, transaction));
    }

    /** Has something done by this thread once what it changed is committed; never, if it is not. */
    public void whenCommitted(int partition, Runnable what) {
        current.get().told.add(new Told(partition, what));
    }

    /** Everything that this thread changed is committed. */
    public void committed() {
        Transaction transaction = current.get();
        current.remove();
        for (Name name : transaction.changed)
            changes.computeIfPresent(name, (key, change) -> change.in == transaction ? null : change);
        transaction.ended.complete(null);
        transaction.told.forEach(told -> told.what.run());
    }

    /** A partition was taken: whatever a life before changed without a commit is gone from its stores. Called by its thread. */
    public void taken(int partition) {
        changes.entrySet().removeIf(each -> {
            if (Partitions.of(each.getKey().project(), partitions) != partition) return false;
            each.getValue().in.ended.complete(null);
            return true;
        });
        Transaction mine = current.get();
        mine.changed.removeIf(name -> Partitions.of(name.project(), partitions) == partition);
        mine.told.removeIf(told -> told.partition == partition);
    }

    /** Returns when what now is uncommitted of a project's targets is committed, or the time is over. */
    public void awaitCommit(String project, Duration patience) {
        Set<CompletableFuture<Void>> open = new HashSet<>();
        changes.forEach((name, change) -> {
            if (name.project().equals(project)) open.add(change.in.ended);
        });
        if (open.isEmpty()) return;
        try {
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What was committed before is shown.
        }
    }

    /**
     * The committed target. To be called after the store was read.
     *
     * @param stored what the store has; null: none
     */
    public Optional<Target> committed(String project, String target, @Nullable Target stored) {
        Change change = changes.get(new Name(project, target));
        return Optional.ofNullable(change == null ? stored : change.before);
    }

    /** The committed targets of a project. To be called after the store was read. */
    public List<Target> committed(String project, List<Target> stored) {
        Map<String, Target> all = new TreeMap<>();
        for (Target each : stored) all.put(each.name(), each);
        changes.forEach((name, change) -> {
            if (!name.project().equals(project)) return;
            if (change.before == null) all.remove(name.target());
            else all.put(name.target(), change.before);
        });
        return List.copyOf(all.values());
    }
}
