package dev.tidemark.bench.jmh;

import dev.tidemark.algebra.CanonicalJson;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Canonical text of a 300-byte image. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CanonicalJsonBench {
    private final String asReceived = Samples.image();
    private final String canonical = CanonicalJson.of(asReceived);

    @Benchmark
    public String ofAnyImage() {
        return CanonicalJson.of(asReceived);
    }

    @Benchmark
    public String ofCanonicalImage() {
        return CanonicalJson.of(canonical);
    }
}
