package dev.tidemark.bench.jmh;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Records as bytes: batches and outcomes of 100, one change of the log with its header. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WireBench {
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());
    private final Samples.Project project = new Samples.Project();
    private final EntityChange change = project.last.changes().get(0);
    private final BatchOutcome outcome = project.last.outcome();
    private final byte[] batchBytes = codec.encodeBatch(project.next);
    private final byte @Nullable [] changeBytes = codec.encodeChange(change);
    private final byte[] metaBytes = codec.encodeMeta(change.meta());
    private final byte[] outcomeBytes = codec.encodeOutcome(outcome);

    @Benchmark
    public byte[] encodeBatchOf100() {
        return codec.encodeBatch(project.next);
    }

    @Benchmark
    public MutationBatch decodeBatchOf100() {
        return codec.decodeBatch(batchBytes);
    }

    @Benchmark
    public byte @Nullable [] encodeChange() {
        return codec.encodeChange(change);
    }

    @Benchmark
    public EntityChange decodeChange() {
        return codec.decodeChange(change.id(), change.meta(), changeBytes);
    }

    @Benchmark
    public byte[] encodeMeta() {
        return codec.encodeMeta(change.meta());
    }

    @Benchmark
    public RecordMeta decodeMeta() {
        return codec.decodeMeta(metaBytes);
    }

    @Benchmark
    public byte[] encodeOutcomeOf100() {
        return codec.encodeOutcome(outcome);
    }

    @Benchmark
    public BatchOutcome decodeOutcomeOf100() {
        return codec.decodeOutcome(outcomeBytes);
    }
}
