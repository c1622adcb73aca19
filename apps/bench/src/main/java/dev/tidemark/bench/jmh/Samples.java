package dev.tidemark.bench.jmh;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.bench.workload.Batches;
import dev.tidemark.bench.workload.Edits;
import dev.tidemark.bench.workload.Images;
import dev.tidemark.bench.workload.Shape;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Policy;
import dev.tidemark.testkit.AlgebraModel;
import java.util.List;

/** The values that the benchmarks work on; the same in every run. */
final class Samples {
    static final String PROJECT = "bench-0";
    static final Epoch EPOCH = new Epoch(0x75475d8deff9c5fbL);
    private static final long SEED = 1;
    private static final int ENTITIES = 10_000;
    private static final Shape SHAPE = new Shape(SEED, 1, 1, ENTITIES, Shape.CHUNK);

    private Samples() {}

    /** As a client writes it, members in no order. */
    static String image() {
        return new Images(SEED, Shape.IMAGE_BYTES).of(0, 42, 7);
    }

    static Cursor cursor() {
        return new Cursor(PROJECT, EPOCH, new CloudSeq(123_456), new Ordinal(100_000), true, CloudSeq.NONE, 0);
    }

    /** A project in which every entity is there, and the batch of updates that comes next. */
    static final class Project {
        final AlgebraModel model = new AlgebraModel(EPOCH, Policy.DEFAULT, AdmitLimits.DEFAULT);
        final MutationBatch next;
        final AlgebraModel.Pushed last;

        Project() {
            Edits edits = new Edits(SHAPE);
            Batches batches = new Batches(List.of(PROJECT));
            AlgebraModel.Pushed pushed = model.push(batches.of(edits.chunk(0)));
            for (int chunk = 1; chunk <= SHAPE.chunksPerRound(); chunk++)
                pushed = model.push(batches.of(edits.chunk(chunk)));
            last = pushed;
            next = batches.of(edits.chunk(SHAPE.chunksPerRound() + 1L));
        }
    }
}
