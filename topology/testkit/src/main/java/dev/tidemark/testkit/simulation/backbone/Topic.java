package dev.tidemark.testkit.simulation.backbone;

import java.util.ArrayList;
import java.util.List;

/** A partition of a topic whose retention goes by the time of its records. */
final class Topic<T> {
    private record Timed<T>(T value, long timeMs) {}

    private final List<Timed<T>> records = new ArrayList<>();
    private int start;

    void append(T value, long timeMs) {
        records.add(new Timed<>(value, timeMs));
    }

    int start() {
        return start;
    }

    int end() {
        return records.size();
    }

    T at(int offset) {
        if (offset < start) throw new IllegalStateException("offset " + offset + " is before the start " + start);
        return records.get(offset).value;
    }

    long timeMs(int offset) {
        return records.get(offset).timeMs;
    }

    /** Drops records from the start on, while they are older. */
    void dropBefore(long timeMs) {
        while (start < records.size() && records.get(start).timeMs < timeMs) start++;
    }
}
