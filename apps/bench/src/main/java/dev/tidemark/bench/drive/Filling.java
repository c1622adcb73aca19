package dev.tidemark.bench.drive;

import dev.tidemark.bench.pipeline.Intake;
import dev.tidemark.bench.place.Until;
import dev.tidemark.bench.workload.Edits;
import dev.tidemark.bench.workload.Shape;
import java.time.Duration;

/** Gives a running server its entities, and later updates of them, straight through Kafka. */
public final class Filling implements AutoCloseable {
    private static final Duration WORKED_OFF_MAX = Duration.ofMinutes(60);

    private final Intake intake;
    private final Shape shape;
    private final Edits edits;
    private long nextChunk;

    /** @param intake closed with this */
    public Filling(Intake intake, Shape shape) {
        this.intake = intake;
        this.shape = shape;
        this.edits = new Edits(shape);
    }

    /** Creates every entity, and returns when all can be read. */
    public void createAll() {
        send(shape.chunksPerRound());
        awaitDone();
    }

    /** Sends that many chunks, and returns when the broker has them. */
    public void send(int chunks) {
        for (int i = 0; i < chunks; i++) intake.supply(edits.chunk(nextChunk++));
        intake.supplied();
    }

    /** Everything that was sent, and nothing more. */
    public void awaitDone() {
        Until.met(WORKED_OFF_MAX, "all " + sent() + " edits are done", () -> intake.done() >= sent());
        if (intake.done() != sent())
            throw new IllegalStateException(intake.done() + " edits are done, " + sent() + " were sent");
    }

    private long sent() {
        return nextChunk * shape.chunk();
    }

    @Override
    public void close() {
        intake.close();
    }
}
