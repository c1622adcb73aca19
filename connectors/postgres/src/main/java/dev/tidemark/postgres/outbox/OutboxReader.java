package dev.tidemark.postgres.outbox;

import dev.tidemark.connector.PlacedMutation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final Frontier frontier;
    private final int rowsMax;
    private final Pace pace;
    private long position;
    private int emptyRounds;
    private boolean sleeping;

    /**
     * How often to look.
     *
     * @param awake between two looks that find nothing
     * @param asleep the longest without a look, where no writer notifies
     */
    record Pace(Duration awake, Duration asleep) {}

    /** @param position id up to which everything is delivered */
    OutboxReader(OutboxTable outbox, long position, int rowsMax, Pace pace) {
        this.outbox = outbox;
        this.frontier = new Frontier(position);
        this.rowsMax = rowsMax;
        this.pace = pace;
        this.position = position;
    }

    /** The next mutations; empty: none within a while. */
    List<PlacedMutation> next() throws SQLException {
        if (position >= frontier.decided()) outbox.read(frontier);
        List<OutboxRow> rows = outbox.rows(position, frontier.decided(), rowsMax);
        if (rows.size() < rowsMax) position = frontier.decided();
        if (rows.isEmpty()) {
            rest();
            return List.of();
        }
        wake();
        List<PlacedMutation> mutations = mutations(rows);
        position = Math.max(position, rows.get(rows.size() - 1).id());
        return mutations;
    }

    /** Id up to which all rows were returned, or set aside. */
    long position() {
        return position;
    }

    /** Whether writers have drawn ids that are not decided yet. */
    boolean isBehind() {
        return frontier.isBehind();
    }

    /** Deletes rows up to an id, a bounded number. */
    void reap(long through) throws SQLException {
        outbox.reap(through, REAPED_PER_STATEMENT);
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
