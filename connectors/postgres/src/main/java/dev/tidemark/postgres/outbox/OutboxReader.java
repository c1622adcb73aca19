package dev.tidemark.postgres.outbox;

import dev.tidemark.connector.PlacedMutation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an outbox from a position on: every row once it is decided, in the order of ids, which is the order in which writers changed
 * each row. A row that is no mutation is set aside with why, and its neighbours go on. Not thread-safe.
 */
final class OutboxReader {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxReader.class);
    private static final int REAPED_PER_STATEMENT = 10_000;
    /** Rounds without a row after which the reader lies down and asks writers to wake it. */
    private static final int EMPTY_ROUNDS_MAX = 50;

    private final OutboxTable outbox;
    private final OutboxTable.Registration begun;
    private final Frontier frontier;
    private final int rowsMax;
    private final Pace pace;
    private long position;
    private long reaped;
    private int emptyRounds;
    private boolean sleeping;

    /**
     * How often to look.
     *
     * @param awake between two looks that find nothing
     * @param asleep the longest without a look, where no writer notifies
     */
    record Pace(Duration awake, Duration asleep) {}

    /**
     * @param begun as the source was when the position was known
     * @param position id up to which everything is delivered
     * @throws OutboxBroken if rows behind it are gone
     */
    OutboxReader(OutboxTable outbox, OutboxTable.Registration begun, long position, int rowsMax, Pace pace)
            throws SQLException {
        this.outbox = outbox;
        this.begun = begun;
        this.frontier = new Frontier(position);
        this.rowsMax = rowsMax;
        this.pace = pace;
        this.position = position;
        check(Optional.of(begun));
        if (position > outbox.lastDrawn()) throw OutboxBroken.changed(position);
        outbox.sleeping(false);
    }

    /**
     * The next mutations; empty: none within a while.
     *
     * @throws OutboxBroken if rows behind the position are gone, or the outbox is another one: seen in the snapshot of the rows
     */
    List<PlacedMutation> next() throws SQLException {
        if (position >= frontier.decided()) outbox.read(frontier);
        if (position >= frontier.decided()) {
            rest();
            return List.of();
        }
        Optional<OutboxTable.Look> look = outbox.look(position, frontier.decided(), rowsMax);
        check(look.map(OutboxTable.Look::registration));
        List<OutboxRow> rows = look.orElseThrow().rows();
        if (rows.isEmpty()) {
            position = frontier.decided();
            return List.of();
        }
        wake();
        List<PlacedMutation> mutations = mutations(rows);
        position = rows.get(rows.size() - 1).id();
        return mutations;
    }

    /** @throws OutboxBroken if the source is no longer as it was, or rows behind the position are gone */
    void check(Optional<OutboxTable.Registration> now) {
        if (now.isEmpty() || !now.get().incarnation().equals(begun.incarnation())) throw OutboxBroken.changed(position);
        if (now.get().lostThrough() > position)
            throw OutboxBroken.lost(now.get().lostThrough(), position);
    }

    /** Id up to which all rows were returned, or set aside. */
    long position() {
        return position;
    }

    /** Whether writers have drawn ids that are not decided yet. */
    boolean isBehind() {
        return frontier.isBehind();
    }

    /** Deletes rows up to an id, a bounded number; not again those below, which the index may still have. */
    void reap(long through) throws SQLException {
        if (through <= reaped) return;
        int gone = outbox.reap(begun, reaped, through, REAPED_PER_STATEMENT);
        if (gone < REAPED_PER_STATEMENT) reaped = through;
    }

    private List<PlacedMutation> mutations(List<OutboxRow> rows) throws SQLException {
        List<PlacedMutation> mutations = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            try {
                mutations.add(OutboxMutations.of(row));
            } catch (IllegalArgumentException e) {
                setAside(row, String.valueOf(e.getMessage()));
            }
        }
        return mutations;
    }

    /** Sets a row aside. */
    void setAside(OutboxRow row, String reason) throws SQLException {
        outbox.quarantine(row, reason);
        LOG.atWarn().addKeyValue("id", row.id()).addKeyValue("reason", reason).log("outbox row set aside");
    }

    private void rest() throws SQLException {
        boolean mayAllSleep = !frontier.isBehind();
        emptyRounds = mayAllSleep ? emptyRounds + 1 : 0;
        if (emptyRounds < EMPTY_ROUNDS_MAX) {
            outbox.await(pace.awake());
            return;
        }
        if (!sleeping) {
            // Whoever writes after this notifies; what was written before it, the next look finds.
            outbox.sleeping(true);
            sleeping = true;
            return;
        }
        outbox.await(pace.asleep());
    }

    private void wake() throws SQLException {
        emptyRounds = 0;
        if (!sleeping) return;
        outbox.sleeping(false);
        sleeping = false;
    }
}
