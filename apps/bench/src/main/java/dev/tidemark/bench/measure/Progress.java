package dev.tidemark.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** How much was done by when: points in order of time, and rates between them. */
public final class Progress {
    private record Point(long ns, long done) {}

    private final List<Point> points = new ArrayList<>();

    /** @param done never less than before */
    public void at(long ns, long done) {
        if (!points.isEmpty() && (ns < last().ns() || done < last().done()))
            throw new IllegalArgumentException("progress does not go back");
        points.add(new Point(ns, done));
    }

    /** So far. */
    public long done() {
        return points.isEmpty() ? 0 : last().done();
    }

    /** Per second, from when {@code from} was done until {@code to} was. */
    public double rate(long from, long to) {
        return (to - from) * 1e9 / (nsAt(to) - nsAt(from));
    }

    /** Rates of that many equal parts of the work between. */
    public List<Double> rates(long from, long to, int slices) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < slices; i++)
            rates.add(rate(from + (to - from) * i / slices, from + (to - from) * (i + 1) / slices));
        return rates;
    }

    /** When that much was done, between two points in proportion. */
    double nsAt(long done) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).done() < done) continue;
            if (i == 0 || points.get(i).done() == done) return points.get(i).ns();
            Point before = points.get(i - 1);
            Point after = points.get(i);
            double share = (double) (done - before.done()) / (after.done() - before.done());
            return before.ns() + share * (after.ns() - before.ns());
        }
        throw new IllegalArgumentException("that much was never done: " + done);
    }

    private Point last() {
        return points.get(points.size() - 1);
    }
}
