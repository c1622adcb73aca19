package dev.tidemark.bench.jmh;

import dev.tidemark.algebra.Admission;
import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.AdmitLimits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A batch of 100 updates decided against maps: what Admit costs without stores and codecs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdmissionBench {
    private final Samples.Project project = new Samples.Project();

    @Benchmark
    public AdmitDecision decideBatchOf100() {
        return new Admission(project.next, Samples.EPOCH, project.model, AdmitLimits.DEFAULT).decide(null, part -> {});
    }
}
