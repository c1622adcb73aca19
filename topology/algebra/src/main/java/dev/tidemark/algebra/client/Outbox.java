package dev.tidemark.algebra.client;

import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The replica's own mutations that the base does not reflect yet, by local seq.
 *
 * <p>Invariant: among the undecided ones, all that were sent come before all that are new, because a push takes the oldest.
 */
final class Outbox {
    private final NavigableMap<Long, Pending> entries = new TreeMap<>();

    Outbox() {}

    Outbox(Outbox other) {
        entries.putAll(other.entries);
    }

    Collection<Pending> entries() {
        return entries.values();
    }

    void append(Mutation mutation) {
        entries.put(mutation.localSeq(), new Pending(mutation, new Stage.New()));
    }

    List<Pending> oldestUndecided(int limit) {
        return entries.values().stream()
                .filter(pending -> pending.stage().isUndecided())
                .limit(limit)
                .toList();
    }

    void mark(long localSeq, Stage stage) {
        entries.computeIfPresent(localSeq, (seq, pending) -> pending.as(stage));
    }

    void drop(long localSeq) {
        entries.remove(localSeq);
    }

    /** The mutation, if it is settled and still here. */
    @Nullable
    Mutation settled(long localSeq) {
        Pending pending = entries.get(localSeq);
        return pending == null || pending.stage().isUndecided() ? null : pending.mutation();
    }

    /** Everything undecided, as if new, in the same order from {@code from} on. @return the next free local seq */
    long renumberUndecided(long from) {
        List<Pending> undecided = oldestUndecided(Integer.MAX_VALUE);
        undecided.forEach(pending -> entries.remove(pending.localSeq()));
        long next = from;
        for (Pending pending : undecided) append(renumbered(pending.mutation(), next++));
        return next;
    }

    /** A complete cursor says that the base is the project there. */
    void dropReflected(Cursor cursor) {
        if (!cursor.complete()) return;
        Place place = new Place(cursor.epoch(), cursor.seq());
        entries.values().removeIf(pending -> pending.isSettledBy(place));
    }

    /** A row says it of its entity alone; of an apply_where, only a cursor can. */
    void dropReflected(EntityId id, Place row) {
        entries.values().removeIf(pending -> pending.addresses(id) && pending.isSettledBy(row));
    }

    /** What was settled in another epoch is in this one: whoever ends an epoch re-emits all images under the next. */
    void dropSettledOutside(Cursor complete) {
        entries.values()
                .removeIf(pending -> pending.stage() instanceof Stage.Settled settled
                        && !settled.place().epoch().equals(complete.epoch()));
    }

    static Mutation renumbered(Mutation mutation, long localSeq) {
        return new Mutation(
                localSeq,
                mutation.entity(),
                mutation.key(),
                mutation.create(),
                mutation.baseVersion(),
                mutation.occurredAt(),
                mutation.ops());
    }
}
