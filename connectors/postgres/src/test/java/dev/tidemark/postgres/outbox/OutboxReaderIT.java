package dev.tidemark.postgres.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connector.PlacedMutation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox of a real PostgreSQL, read while many write. */
class OutboxReaderIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final OutboxReader.Pace PACE = new OutboxReader.Pace(Duration.ofMillis(5), Duration.ofMillis(200));

    private Images images;

    @BeforeEach
    void apply() throws SQLException {
        images = new Images();
    }

    @AfterEach
    void close() throws SQLException {
        images.close();
    }

    /** Every committed row state arrives, none twice, in the order in which each row was changed. */
    @Test
    void whatManyWritersCommitArrivesOnceAndInOrder() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("OutboxReaderIT: -Dseed=" + seed);
        Random random = new Random(seed);
        ConcurrentWriters writers = new ConcurrentWriters(images::connect, seed);
        Fold fold = new Fold();
        CountDownLatch done = writers.start(8, 120);
        long position = 0;
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        boolean complete = false;
        while (!complete && System.nanoTime() < deadlineNs) {
            boolean allWritten = done.getCount() == 0;
            try (OutboxTable table = images.outbox()) {
                // As after a crash: what was read behind the last committed position is read again.
                OutboxReader reader = new OutboxReader(
                        table, table.registration().orElseThrow(), position, 1 + random.nextInt(50), PACE);
                for (int look = 0; look < 40; look++) {
                    List<PlacedMutation> mutations = reader.next();
                    mutations.forEach(each -> fold.take(each.mutation()));
                    if (random.nextInt(3) == 0) {
                        position = reader.position();
                        reader.reap(position);
                    }
                }
                complete = allWritten && reader.position() >= table.lastDrawn() && !reader.isBehind();
            }
        }
        assertThat(writers.failures()).isEmpty();
        assertThat(complete).isTrue();
        assertThat(writers.committed()).isGreaterThan(300);
        assertThat(fold.images()).isEqualTo(images.expected());
        System.out.println(
                "OutboxReaderIT: " + writers.committed() + " transactions, " + fold.mutations() + " mutations");
    }

    @Test
    void aLateCommitOfAnEarlyIdIsNotSkipped() throws Exception {
        try (Connection late = images.connect();
                OutboxTable table = images.outbox()) {
            late.setAutoCommit(false);
            try (Statement statement = late.createStatement()) {
                statement.executeUpdate("INSERT INTO \"Image\"(id, \"nsfwLevel\", type) VALUES (1, 1, 'a')");
            }
            images.run("INSERT INTO \"Image\"(id, \"nsfwLevel\", type) VALUES (2, 2, 'b')");
            OutboxReader reader = new OutboxReader(table, table.registration().orElseThrow(), 0, 100, PACE);
            for (int look = 0; look < 5; look++) assertThat(reader.next()).isEmpty();
            assertThat(reader.isBehind()).isTrue();
            assertThat(table.oldestWriter()).isPresent();
            late.commit();
            assertThat(reader.next()).extracting(each -> each.mutation().key()).containsExactly("1", "2");
            assertThat(reader.isBehind()).isFalse();
        }
    }

    /** Its transaction id is the xmax of every snapshot until it, or a younger one, has ended. */
    @Test
    void theYoungestWriterIsWaitedForToo() throws Exception {
        try (Connection youngest = images.connect();
                OutboxTable table = images.outbox()) {
            youngest.setAutoCommit(false);
            try (Statement statement = youngest.createStatement()) {
                statement.executeUpdate("INSERT INTO \"Image\"(id, \"nsfwLevel\", type) VALUES (1, 1, 'a')");
            }
            OutboxReader reader = new OutboxReader(table, table.registration().orElseThrow(), 0, 100, PACE);
            for (int look = 0; look < 5; look++) assertThat(reader.next()).isEmpty();
            youngest.commit();
            assertThat(reader.next()).extracting(each -> each.mutation().key()).containsExactly("1");
        }
    }

    @Test
    void aRowThatIsNoMutationIsSetAsideAndItsNeighboursGoOn() throws Exception {
        images.run(
                "INSERT INTO tidemark.outbox(entity, entity_key, ops, creates) VALUES ('image', '1',"
                        + " '[{\"op\":\"dance\"}]', true), ('image', '2', '[{\"op\":\"set\",\"field\":\"a\",\"value\":1}]', true)");
        try (OutboxTable table = images.outbox()) {
            OutboxReader reader = new OutboxReader(table, table.registration().orElseThrow(), 0, 100, PACE);
            assertThat(reader.next()).extracting(each -> each.mutation().key()).containsExactly("2");
            assertThat(images.one("SELECT reason FROM tidemark.quarantine")).contains("dance");
        }
    }

    /** The bound drops rows in the same transaction that says so: seen in the snapshot of the rows, never after it. */
    @Test
    void rowsThatWereDroppedUnreadEndTheReader() throws Exception {
        try (OutboxTable table = images.outbox()) {
            OutboxReader reader = new OutboxReader(table, table.registration().orElseThrow(), 0, 100, PACE);
            images.run("INSERT INTO \"Image\" SELECT i, i, 'a' FROM generate_series(1, 9) i");
            images.run(
                    "WITH gone AS (DELETE FROM tidemark.outbox WHERE id <= 5) UPDATE tidemark.source SET lost_through = 5");
            assertThatThrownBy(reader::next).isInstanceOf(OutboxBroken.class).hasMessageContaining("outbox_lost");
        }
    }

    @Test
    void anotherOutboxOfTheSameNameEndsTheReader() throws Exception {
        try (OutboxTable table = images.outbox()) {
            OutboxReader reader = new OutboxReader(table, table.registration().orElseThrow(), 0, 100, PACE);
            images.run("UPDATE tidemark.source SET incarnation = 'another'");
            images.run("INSERT INTO \"Image\" VALUES (1, 1, 'a')");
            assertThatThrownBy(reader::next).isInstanceOf(OutboxBroken.class).hasMessageContaining("outbox_changed");
            reader.reap(1_000);
            assertThat(images.one("SELECT count(*)::text FROM tidemark.outbox")).isEqualTo("1");
        }
    }

    @Test
    void aLookIsBoundedByBytesAndNeverByLessThanARow() throws Exception {
        images.run(
                "INSERT INTO tidemark.outbox(entity, entity_key, ops, creates) SELECT 'image', i::text, jsonb_build_array("
                        + "jsonb_build_object('op', 'set', 'field', 'f', 'value', repeat('x', 5000000))), true FROM generate_series(1, 4) i");
        try (OutboxTable table = images.outbox()) {
            OutboxReader reader = new OutboxReader(table, table.registration().orElseThrow(), 0, 100, PACE);
            assertThat(reader.next()).hasSize(2);
            assertThat(reader.next()).hasSize(2);
        }
    }

    @Test
    void aSleepingReaderIsWokenByAWriter() throws Exception {
        try (OutboxTable table = images.outbox()) {
            OutboxReader.Pace pace = new OutboxReader.Pace(Duration.ofMillis(1), PATIENCE);
            OutboxReader reader = new OutboxReader(table, table.registration().orElseThrow(), 0, 100, pace);
            while (!images.one("SELECT idle::text FROM tidemark.source").equals("true"))
                assertThat(reader.next()).isEmpty();
            images.run("INSERT INTO \"Image\"(id, \"nsfwLevel\", type) VALUES (3, 1, 'a')");
            List<PlacedMutation> mutations = reader.next();
            if (mutations.isEmpty()) mutations = reader.next();
            assertThat(mutations).hasSize(1);
            assertThat(images.one("SELECT idle::text FROM tidemark.source")).isEqualTo("false");
        }
    }
}
