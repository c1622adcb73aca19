package dev.tidemark.bench.jmh;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Query;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A query of two terms, read and matched. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueryBench {
    private final String text = "owner eq \"user-42\" AND tags in [\"amber\", \"tide\", 7]";
    private final Query query = Query.parse(text);
    private final Image image = Image.ofCanonical(CanonicalJson.of(Samples.image()));

    @Benchmark
    public Query parse() {
        return Query.parse(text);
    }

    @Benchmark
    public boolean matches() {
        return query.matches(image);
    }
}
