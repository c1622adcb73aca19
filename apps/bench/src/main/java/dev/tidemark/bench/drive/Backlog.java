package dev.tidemark.bench.drive;

import dev.tidemark.bench.pipeline.Pipeline;
import dev.tidemark.bench.workload.Edits;
import dev.tidemark.bench.workload.Shape;

/** Feeds one pipeline: every entity once, then backlogs of updates; each goes on where the one before ended. */
public final class Backlog {
    private final Pipeline pipeline;
    private final Shape shape;
    private final Edits edits;
    private long nextChunk;

    public Backlog(Pipeline pipeline, Shape shape) {
        this.pipeline = pipeline;
        this.shape = shape;
        this.edits = new Edits(shape);
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /** Creates every entity, and leaves the pipeline paused. */
    public void preload() {
        pipeline.open();
        supply(shape.chunksPerRound());
        pipeline.pause();
        Drain.of(pipeline, 0, 0, edits());
        pipeline.pause();
    }

    /**
     * Supplies that many chunks, has them worked off, and leaves the pipeline paused.
     *
     * @param warmShare of the work before the clock starts
     */
    public Drain drain(int chunks, double warmShare) {
        long from = edits();
        supply(chunks);
        long warm = from + Math.round((edits() - from) * warmShare);
        Drain drain = Drain.of(pipeline, from, warm, edits());
        pipeline.pause();
        return drain;
    }

    private void supply(int chunks) {
        for (int i = 0; i < chunks; i++) pipeline.supply(edits.chunk(nextChunk++));
        pipeline.supplied();
    }

    private long edits() {
        return nextChunk * shape.chunk();
    }
}
