package dev.tidemark.bench.drive;

import dev.tidemark.bench.pipeline.Heads;
import dev.tidemark.bench.pipeline.MutationSender;
import dev.tidemark.bench.place.Until;
import dev.tidemark.bench.workload.Edits;
import dev.tidemark.bench.workload.ProjectNames;
import dev.tidemark.bench.workload.Shape;
import java.time.Duration;
import java.util.List;

/** Gives a running server its entities, and later updates of them, straight through Kafka. */
public final class Filling implements AutoCloseable {
    private static final Duration WORKED_OFF_MAX = Duration.ofMinutes(30);

    private final Shape shape;
    private final Edits edits;
    private final List<String> projects;
    private final MutationSender sender;
    private final Heads heads;
    private long nextChunk;

    public Filling(String bootstrap, String url, Shape shape) {
        this.shape = shape;
        this.edits = new Edits(shape);
        this.projects = ProjectNames.spread(shape.projects(), Shape.PARTITIONS);
        this.sender = new MutationSender(bootstrap, projects);
        this.heads = new Heads(url, projects);
    }

    public List<String> projects() {
        return projects;
    }

    /** Creates every entity, and returns when all are served. */
    public void createAll() {
        send(shape.chunksPerRound());
        awaitServed();
    }

    /** Sends that many chunks, and returns when the broker has them. */
    public void send(int chunks) {
        for (int i = 0; i < chunks; i++) sender.send(edits.chunk(nextChunk++));
        sender.flush();
    }

    /** Everything that was sent. */
    public void awaitServed() {
        long sent = nextChunk * shape.chunk();
        Until.met(WORKED_OFF_MAX, "all " + sent + " changes are served", () -> heads.records() >= sent);
    }

    /** Live entities that are served. */
    public long entities() {
        return heads.entities();
    }

    @Override
    public void close() {
        sender.close();
    }
}
