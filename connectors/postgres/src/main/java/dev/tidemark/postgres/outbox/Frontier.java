package dev.tidemark.postgres.outbox;

import java.util.ArrayDeque;

/**
 * Which ids of the outbox are decided. An id is drawn in the middle of a transaction and seen at its commit, so that a lower one may
 * appear after a higher one. When the last drawn id was read as {@code L}, and after that a snapshot's xmax as {@code X}, then every
 * transaction that has drawn an id up to L had a transaction id below X; once a snapshot's xmin is at or above X, all of them have ended.
 * What is visible then of ids up to L is all that ever will be.
 *
 * <p>Order by transaction id would not do: of two writers of one row the later one may have the lower transaction id.
 */
final class Frontier {
    /** Readings that wait. While a writer is stuck, more would only be decided together with the last of these. */
    static final int OPEN_MAX = 64;

    private final ArrayDeque<Reading> open = new ArrayDeque<>();
    private long drawn;
    private long decided;

    private record Reading(long id, long xmax) {}

    /** @param decided id up to which everything was delivered before */
    Frontier(long decided) {
        this.decided = decided;
        this.drawn = decided;
    }

    /**
     * Takes a reading.
     *
     * @param id the last that was drawn
     * @param xmin of a snapshot made after {@code id} was read
     * @param xmax of the same snapshot
     */
    void read(long id, long xmin, long xmax) {
        drawn = Math.max(drawn, id);
        Reading last = open.peekLast();
        boolean isNew = id > decided && (last == null || id > last.id);
        if (isNew && open.size() < OPEN_MAX) open.add(new Reading(id, xmax));
        while (!open.isEmpty() && open.element().xmax <= xmin) decided = open.remove().id;
    }

    /** Ids up to this one will not change any more. */
    long decided() {
        return decided;
    }

    /** Whether ids are drawn that are not decided. */
    boolean isBehind() {
        return drawn > decided;
    }
}
