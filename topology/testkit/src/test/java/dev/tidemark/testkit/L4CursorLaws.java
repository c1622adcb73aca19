package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.simulation.Schedule;
import dev.tidemark.testkit.simulation.Simulation;
import dev.tidemark.testkit.simulation.ground.Simplification;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * L4 Cursor: for a target T that follows section 6, every record at or below U(T) is reflected in T's copy, or superseded by a
 * record above U(T). U never goes back within an epoch and generation. It changes by rules A and B only.
 */
class L4CursorLaws {
    private static final ReplicaId TARGET = Histories.replica(0);
    private static final Cursor EARLIEST = Cursor.earliest(Histories.PROJECT, new Epoch(1), 0);

    @Property(tries = 200)
    void everyRecordBelowTheUnifiedCursorIsInTheCopy(@ForAll long seed) {
        new Simulation(Schedule.of(seed, 150), Simplification.NONE).run();
    }

    @Property
    void theUnifiedCursorMovesByTheLetterOfItsRules(@ForAll("batches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        List<LogRecord> log = Committed.of(batches).log();
        ReferenceTarget reference = new ReferenceTarget(TARGET.replica(), TARGET.incarnation(), EARLIEST);
        Cursor unified = EARLIEST;
        for (int known = 1; known <= log.size(); known++) {
            List<LogRecord> readable = log.subList(0, known);
            Cursor before = unified;
            if (random.nextInt(3) == 0) {
                Cursor acked = anywhere(readable, random);
                reference.ack(acked, readable);
                unified = UnifiedCursor.acked(unified, acked);
            }
            reference.passOwn(readable);
            unified = extended(unified, readable);
            assertThat(unified).isEqualTo(reference.unified());
            assertThat(unified.seq()).isGreaterThanOrEqualTo(before.seq());
        }
    }

    @Provide
    Arbitrary<List<MutationBatch>> batches() {
        return Histories.newBatches(RandomMutations.Mix.EVERYTHING.withApplyWhere(3));
    }

    private static Cursor extended(Cursor unified, List<LogRecord> log) {
        return UnifiedCursor.extended(
                unified,
                TARGET.replica(),
                TARGET.incarnation(),
                ordinal -> ordinal.value() > log.size()
                        ? null
                        : log.get((int) ordinal.value() - 1).logged(),
                null);
    }

    private static Cursor anywhere(List<LogRecord> log, Random random) {
        int at = random.nextInt(log.size());
        LogRecord record = log.get(at);
        return new Cursor(
                Histories.PROJECT,
                new Epoch(1),
                record.seq(),
                record.ordinal(),
                random.nextBoolean(),
                CloudSeq.NONE,
                0);
    }
}
