package dev.tidemark.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a result: what was measured, and its numbers by name, in the order in which they are shown. */
public final class Measure {
    private final String name;
    private final String unit;
    private final Map<String, Double> numbers = new LinkedHashMap<>();

    public Measure(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    /** A value that is no number, such as a ratio to what was not run, is left out. */
    public Measure with(String number, double value) {
        if (!Double.isNaN(value)) numbers.put(number, value);
        return this;
    }

    public String name() {
        return name;
    }

    public String unit() {
        return unit;
    }

    /** In the order in which they were added. */
    public Map<String, Double> numbers() {
        return Collections.unmodifiableMap(numbers);
    }

    String cell(String number) {
        Double value = numbers.get(number);
        return value == null ? "" : Figures.text(value);
    }
}
