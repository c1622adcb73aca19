package dev.tidemark.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies by when they were meant to begin, in slices of time. What begins before the first slice is warm-up, and is not
 * counted; what begins in a slice is, whenever it ends. Used by one thread at a time.
 */
public final class Latencies {
    private static final long LONGEST_US = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;

    private final long clockNs;
    private final long sliceNs;
    private final List<Histogram> slices = new ArrayList<>();
    private final Histogram all = new Histogram(LONGEST_US, DIGITS);

    /** @param clockNs begin of the first slice */
    public Latencies(long clockNs, long lengthNs, int slices) {
        this.clockNs = clockNs;
        this.sliceNs = Math.max(1, lengthNs / slices);
        for (int i = 0; i < slices; i++) this.slices.add(new Histogram(LONGEST_US, DIGITS));
    }

    public void add(long intendedNs, long doneNs) {
        if (intendedNs < clockNs) return;
        long slice = (intendedNs - clockNs) / sliceNs;
        if (slice >= slices.size()) return;
        long micros = Math.min(LONGEST_US, Math.max(0, doneNs - intendedNs) / 1_000);
        slices.get((int) slice).recordValue(micros);
        all.recordValue(micros);
    }

    public long count() {
        return all.getTotalCount();
    }

    /** Milliseconds that this share of all, in percent, did not exceed. */
    public double percentileMs(double percent) {
        return all.getValueAtPercentile(percent) / 1e3;
    }

    public double maxMs() {
        return all.getMaxValue() / 1e3;
    }

    /** The same of each slice; they show how steady it is. */
    public Spread spreadMs(double percent) {
        return Spread.of(slices.stream()
                .filter(each -> each.getTotalCount() > 0)
                .map(each -> each.getValueAtPercentile(percent) / 1e3)
                .toList());
    }

    /** Begun a second in each slice. */
    public Spread rates() {
        return Spread.of(slices.stream()
                .map(each -> each.getTotalCount() * 1e9 / sliceNs)
                .toList());
    }
}
