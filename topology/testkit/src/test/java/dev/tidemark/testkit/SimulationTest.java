package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.model.Cursor;
import dev.tidemark.testkit.simulation.AlgebraServer;
import dev.tidemark.testkit.simulation.CursorRule;
import dev.tidemark.testkit.simulation.Simulation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The simulation finds the simplifications of semantics section 10 out; else its silence would prove nothing. */
class SimulationTest {
    private static final int SEEDS = 200;

    @Test
    void findsACursorThatJumpsToTheReplicasLastRecord() {
        assertFound((target, stored, log) -> {
            Cursor at = stored;
            for (LogRecord record : log)
                if (record.logged().isOwnOf(target.replica(), target.incarnation())
                        && record.seq().isAfter(at.seq())) at = at(stored, record);
            return at;
        });
    }

    @Test
    void findsACursorThatIsExtendedAfterAnIncompleteAck() {
        assertFound((target, stored, log) -> CursorRule.RULE_B.extended(target, completed(stored), log));
    }

    @Test
    void findsACursorThatIsExtendedOverTheIndexOfLatestRecords() {
        assertFound((target, stored, log) -> {
            Cursor at = stored;
            for (LogRecord record : latest(log)) {
                if (!at.complete() || !record.seq().isAfter(at.seq())) continue;
                if (!record.logged().isOwnOf(target.replica(), target.incarnation())) return at;
                at = at(stored, record);
            }
            return at;
        });
    }

    private static void assertFound(CursorRule rule) {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < SEEDS; seed++) {
                        Random random = new Random(seed);
                        new Simulation(
                                        Simulation.Settings.SMALL,
                                        random,
                                        new AlgebraServer(Simulation.PROJECT, random, rule))
                                .run();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("L4");
    }

    private static List<LogRecord> latest(List<LogRecord> log) {
        Map<Object, LogRecord> latest = new HashMap<>();
        for (LogRecord record : log) latest.put(record.id(), record);
        return latest.values().stream()
                .sorted(Comparator.comparing(LogRecord::seq))
                .toList();
    }

    private static Cursor completed(Cursor cursor) {
        return new Cursor(cursor.project(), cursor.epoch(), cursor.seq(), cursor.ordinal(), true, cursor.floor(), 0);
    }

    private static Cursor at(Cursor from, LogRecord record) {
        return new Cursor(from.project(), from.epoch(), record.seq(), record.ordinal(), true, from.floor(), 0);
    }
}
