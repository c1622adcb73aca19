package dev.tidemark.bench.jmh;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.model.Cursor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Cursors as clients hold them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CursorTokenBench {
    private final Cursor cursor = Samples.cursor();
    private final String token = CursorToken.encode(cursor);

    @Benchmark
    public String encode() {
        return CursorToken.encode(cursor);
    }

    @Benchmark
    public Cursor decode() {
        return CursorToken.decode(token);
    }
}
