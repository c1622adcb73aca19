package dev.tidemark.postgres.outbox;

import java.util.ArrayDeque;

/**
 * Which ids of the outbox are decided. An id is drawn in the middle of a transaction and seen at its commit, so that a lower one may
 * appear after a higher one. When the last drawn id was read as {@code L}, and after that the reader took a transaction id {@code X} of
 * its own, then every transaction that has drawn an id up to L has a transaction id below X; once a snapshot's xmin is at or above X, all
 * of them have ended. What is visible then of ids up to L is all that ever will be.
 *
 * <p>A snapshot's xmax in place of X would not do: it is one above the last transaction that <em>ended</em>, and younger ones run. Nor
 * would order by transaction id: of two writers of one row the later one may have the lower transaction id.
 */
final class Frontier {
    /** Readings that wait. While a writer is stuck, more would only be decided together with the last of these. */
    static final int OPEN_MAX = 64;

    private final ArrayDeque<Reading> open = new ArrayDeque<>();
    private long drawn;
    private long decided;

    private record Reading(long id, long xid) {}

    /** @param decided id up to which everything was delivered before */
    Frontier(long decided) {
        this.decided = decided;
        this.drawn = decided;
    }

    /** Whether a reading would tell anything new. @param id the last that was drawn */
    boolean wants(long id) {
        drawn = Math.max(drawn, id);
        Reading last = open.peekLast();
        return id > decided && (last == null || id > last.id) && open.size() < OPEN_MAX;
    }

    /**
     * Takes a reading.
     *
     * @param id the last that was drawn
     * @param xid transaction id that was given after {@code id} was read
     */
    void read(long id, long xid) {
        if (wants(id)) open.add(new Reading(id, xid));
    }

    /** @param xmin of a snapshot: every transaction below it has ended */
    void ended(long xmin) {
        while (!open.isEmpty() && open.element().xid <= xmin) decided = open.remove().id;
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
