package dev.tidemark.bench.measure;

import java.util.List;

/** Median, least and most of some numbers; they say more than a mean where other work disturbs a few of them. */
public record Spread(double median, double min, double max) {
    /** Of nothing. */
    public static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

    /** @throws IllegalArgumentException if there are none */
    public static Spread of(List<Double> numbers) {
        if (numbers.isEmpty()) throw new IllegalArgumentException("no numbers, no median");
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
