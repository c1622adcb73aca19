package dev.tidemark.bench.pipeline;

import dev.tidemark.bench.workload.Edit;
import java.util.List;

/**
 * What takes edits in and makes state of them. It may be opened and paused many times and keeps what it was given; edits may be
 * supplied while it is paused and are taken in when it is opened.
 */
public interface Pipeline extends AutoCloseable {
    String name();

    /** Returns when it runs. */
    void open();

    /** @param chunk edits of one project */
    void supply(List<Edit> chunk);

    /** Returns when all that was supplied is on the broker's disk. */
    void supplied();

    /** Edits whose effect is committed and can be read, of all that were ever supplied. Only while open. */
    long done();

    /** Stops cleanly what {@link #open} started. */
    void pause();

    @Override
    void close();
}
