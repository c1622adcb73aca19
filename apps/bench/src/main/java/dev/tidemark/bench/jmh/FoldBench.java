package dev.tidemark.bench.jmh;

import dev.tidemark.algebra.Applied;
import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Ops;
import dev.tidemark.model.Op;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Ops folded into a 300-byte image. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldBench {
    private final String canonical = CanonicalJson.of(Samples.image());
    private final Image image = Image.ofCanonical(canonical);
    private final List<Op> put = List.of(new Op.Put(canonical));
    private final List<Op> set = List.of(new Op.SetField("owner", "\"user-7\""));
    private final List<Op> add = List.of(new Op.AddMember("tags", "\"zenith\""));
    private final List<Op> all = List.of(
            new Op.SetField("done", "true"),
            new Op.AddMember("tags", "7"),
            new Op.RemoveMember("tags", "7"),
            new Op.UnsetField("weight"));

    @Benchmark
    public Applied put() {
        return Ops.apply(put, true, image);
    }

    @Benchmark
    public Applied set() {
        return Ops.apply(set, true, image);
    }

    @Benchmark
    public Applied add() {
        return Ops.apply(add, true, image);
    }

    @Benchmark
    public Applied fourOps() {
        return Ops.apply(all, true, image);
    }
}
