package dev.tidemark.bench.pipeline;

/**
 * What makes state of edits, in this process. It may be opened and paused many times and keeps what it was given; edits may be
 * supplied while it is paused and are taken in when it is opened.
 */
public interface Pipeline extends Intake {
    String name();

    /** Returns when it runs. */
    void open();

    /** Stops cleanly what {@link #open} started. */
    void pause();
}
