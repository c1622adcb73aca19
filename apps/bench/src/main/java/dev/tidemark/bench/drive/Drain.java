package dev.tidemark.bench.drive;

import dev.tidemark.bench.measure.Footprint;
import dev.tidemark.bench.measure.Progress;
import dev.tidemark.bench.pipeline.Pipeline;
import dev.tidemark.cli.CommandFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One backlog worked off: all of it is on the broker's disk before the pipeline is opened, so that no producer takes part. The
 * clock starts when the first part of it, the warm-up, is done.
 */
public final class Drain {
    private static final long LOOK_EVERY_NS = Duration.ofMillis(50).toNanos();
    private static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    private final Progress progress;
    private final long warm;
    private final long to;
    private final Footprint before;
    private final Footprint after;

    private Drain(Progress progress, long warm, long to, Footprint before, Footprint after) {
        this.progress = progress;
        this.warm = warm;
        this.to = to;
        this.before = before;
        this.after = after;
    }

    /**
     * Opens the pipeline, returns when it has done everything, and leaves it open.
     *
     * @param from edits that it had done before
     * @param warm edits, of all from the first, that it has done when the clock starts
     * @param to edits that it will have done
     */
    public static Drain of(Pipeline pipeline, long from, long warm, long to) {
        pipeline.open();
        Progress progress = new Progress();
        long done = from;
        progress.at(System.nanoTime(), done);
        Footprint before = Footprint.ofThisProcess();
        for (long changedNs = System.nanoTime(); done < to; LockSupport.parkNanos(LOOK_EVERY_NS)) {
            long now = Math.max(done, pipeline.done());
            if (done < warm && now >= warm) before = Footprint.ofThisProcess();
            if (now > done) changedNs = System.nanoTime();
            done = now;
            progress.at(System.nanoTime(), done);
            if (System.nanoTime() - changedNs > STUCK_AFTER.toNanos())
                throw new CommandFailure(pipeline.name() + " has stopped at " + done + " of " + to + " edits for "
                        + STUCK_AFTER.toSeconds() + " s");
        }
        if (done > to) throw new CommandFailure(pipeline.name() + " did " + done + " edits, was given " + to);
        return new Drain(progress, warm, to, before, Footprint.ofThisProcess());
    }

    public Progress progress() {
        return progress;
    }

    /** Edits within the clock. */
    public long edits() {
        return to - warm;
    }

    /** Edits per second. */
    public double rate() {
        return progress.rate(warm, to);
    }

    public List<Double> rates(int slices) {
        return progress.rates(warm, to, slices);
    }

    /** Of the whole process, broker included, for each edit. */
    public double cpuMicros() {
        return (after.cpuNs() - before.cpuNs()) / 1e3 / edits();
    }

    /** To disk, by the whole process, broker included, for each edit. */
    public double writtenBytes() {
        return (double) (after.writtenBytes() - before.writtenBytes()) / edits();
    }
}
