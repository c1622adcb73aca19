package dev.tidemark.bench.pipeline;

import dev.tidemark.bench.workload.Edit;
import dev.tidemark.bench.workload.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bare topology on the same edits, beside the broker in this process. */
public final class BarePipeline implements Pipeline {
    private final Bare bare;
    private final String bootstrap;
    private final Path state;
    private final Map<String, String> overrides;
    private final RecordIntake intake;
    private @Nullable BareRun run;

    /** @param overrides of Admit's settings */
    public BarePipeline(Bare bare, Broker broker, Path state, Shape shape, Map<String, String> overrides) {
        this.bare = bare;
        this.bootstrap = broker.bootstrap();
        this.state = state;
        this.overrides = overrides;
        broker.createTopics(bare, shape.partitions());
        this.intake = new RecordIntake(bootstrap, bare, shape);
    }

    @Override
    public String name() {
        return bare.label();
    }

    @Override
    public void open() {
        run = new BareRun(bare, bootstrap, state, overrides);
        run.start();
    }

    @Override
    public void supply(List<Edit> chunk) {
        intake.supply(chunk);
    }

    @Override
    public void supplied() {
        intake.supplied();
    }

    @Override
    public long done() {
        if (run != null) run.requireWell();
        return intake.done();
    }

    @Override
    public void pause() {
        if (run != null) run.close();
        run = null;
    }

    @Override
    public void close() {
        intake.close();
        pause();
    }
}
