package dev.tidemark.bench.pipeline;

import dev.tidemark.bench.workload.Edit;
import java.util.List;

/** Where edits go in, and where it shows what has become of them. */
public interface Intake extends AutoCloseable {
    /** @param chunk edits of one project */
    void supply(List<Edit> chunk);

    /** Returns when all that was supplied is on the broker's disk. */
    void supplied();

    /** Edits whose effect is committed and can be read, of all that were ever supplied; fewer while it does not run. */
    long done();

    @Override
    void close();
}
