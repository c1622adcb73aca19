package dev.tidemark.bench.jmh;

import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The two rules of the unified cursor; rule B over 100 own records. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UnifiedCursorBench {
    private static final int OWN = 100;
    private static final String REPLICA = "replica-1";
    private static final String INCARNATION = "0";

    private final Cursor from = Samples.cursor();
    private final Map<Ordinal, LoggedRecord> records = own(from);
    private final Cursor later = UnifiedCursor.extended(from, REPLICA, INCARNATION, records::get, null);

    @Benchmark
    public Cursor acked() {
        return UnifiedCursor.acked(from, later);
    }

    @Benchmark
    public Cursor extendedOver100() {
        return UnifiedCursor.extended(from, REPLICA, INCARNATION, records::get, null);
    }

    private static Map<Ordinal, LoggedRecord> own(Cursor from) {
        Map<Ordinal, LoggedRecord> records = new HashMap<>();
        Ordinal ordinal = from.ordinal();
        for (int i = 1; i <= OWN; i++) {
            ordinal = ordinal.next();
            EntityId id = new EntityId(Samples.PROJECT, "note", "n" + i);
            CloudSeq seq = new CloudSeq(from.seq().value() + i);
            Origin origin = new Origin(REPLICA, INCARNATION, i);
            records.put(ordinal, new LoggedRecord(seq, ordinal, id, ChangeOp.DELETE, null, List.of(origin), false));
        }
        return records;
    }
}
