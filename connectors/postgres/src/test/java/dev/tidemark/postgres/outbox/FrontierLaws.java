package dev.tidemark.postgres.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Against a model of a database in which transactions draw ids, commit and roll back in any order. */
class FrontierLaws {
    private static final int STEPS = 400;

    /** A transaction: it has its id from its first write on. */
    private static final class Writer {
        final long xid;
        final List<Long> ids = new ArrayList<>();

        Writer(long xid) {
            this.xid = xid;
        }
    }

    /** L5 for the outbox: no row ever appears at or below what was decided. */
    @Property(tries = 500)
    void nothingAppearsAtOrBelowWhatIsDecided(@ForAll long seed) {
        Random random = new Random(seed);
        Frontier frontier = new Frontier(0);
        List<Writer> running = new ArrayList<>();
        Set<Long> visible = new HashSet<>();
        Set<Long> visibleWhenDecided = new HashSet<>();
        long decidedBefore = 0;
        long nextXid = 100;
        long lastEndedXid = 99;
        long lastId = 0;
        for (int step = 0; step < STEPS; step++) {
            int what = random.nextInt(10);
            if (what < 3) running.add(new Writer(nextXid++));
            else if (what < 6 && !running.isEmpty()) {
                running.get(random.nextInt(running.size())).ids.add(++lastId);
            } else if (what < 8 && !running.isEmpty()) {
                Writer ended = running.remove(random.nextInt(running.size()));
                lastEndedXid = Math.max(lastEndedXid, ended.xid);
                if (random.nextInt(4) > 0) visible.addAll(ended.ids);
            } else {
                long drawn = lastId;
                // Others go on between the two statements.
                if (random.nextBoolean() && !running.isEmpty())
                    running.get(0).ids.add(++lastId);
                if (random.nextBoolean()) running.add(new Writer(nextXid++));
                // The snapshot is made before the reader's own transaction id is given; others may get one in between.
                long xmin = xmin(running, lastEndedXid);
                if (random.nextBoolean()) running.add(new Writer(nextXid++));
                long xid = nextXid++;
                frontier.read(drawn, xid);
                frontier.ended(xmin);
                lastEndedXid = xid;
                long decided = frontier.decided();
                assertThat(decided).isGreaterThanOrEqualTo(decidedBefore);
                for (long id = decidedBefore + 1; id <= decided; id++)
                    if (visible.contains(id)) visibleWhenDecided.add(id);
                decidedBefore = decided;
            }
            long through = decidedBefore;
            assertThat(visible.stream().filter(id -> id <= through)).hasSameElementsAs(visibleWhenDecided);
        }
        for (Writer each : running) visible.addAll(each.ids);
        for (int i = 0; i < 2; i++) {
            frontier.read(lastId, nextXid);
            frontier.ended(nextXid);
        }
        assertThat(frontier.decided()).isEqualTo(lastId);
        assertThat(frontier.isBehind()).isFalse();
    }

    /** As PostgreSQL has it: without a running transaction one above the last that ended. */
    private static long xmin(List<Writer> running, long lastEndedXid) {
        return running.stream().mapToLong(each -> each.xid).min().orElse(lastEndedXid + 1);
    }

    /** A snapshot's xmax is one above the last transaction that ended: here the writer's own id, while it runs. */
    @Test
    void theYoungestWriterIsWaitedForToo() {
        Frontier frontier = new Frontier(0);
        Writer writer = new Writer(100);
        writer.ids.add(1L);
        frontier.read(1, 101);
        frontier.ended(xmin(List.of(writer), 99));
        assertThat(frontier.decided()).isEqualTo(0);
        frontier.ended(xmin(List.of(), 101));
        assertThat(frontier.decided()).isEqualTo(1);
    }

    @Test
    void aStuckWriterHoldsBackWhatWasDrawnAfterItBeganAndNothingBefore() {
        Frontier frontier = new Frontier(0);
        frontier.read(5, 100);
        frontier.ended(100);
        for (int i = 0; i < 10 * Frontier.OPEN_MAX; i++) {
            frontier.read(6 + i, 102 + i);
            frontier.ended(101);
        }
        assertThat(frontier.decided()).isEqualTo(5);
        assertThat(frontier.isBehind()).isTrue();
        long last = 6 + 10 * Frontier.OPEN_MAX;
        for (int i = 0; i < 2; i++) {
            frontier.read(last, 9_000);
            frontier.ended(9_001);
        }
        assertThat(frontier.decided()).isEqualTo(last);
    }

    @Test
    void aReadingWithNobodyWritingDecidesAtOnce() {
        Frontier frontier = new Frontier(7);
        frontier.read(9, 50);
        frontier.ended(50);
        assertThat(frontier.decided()).isEqualTo(9);
    }
}
