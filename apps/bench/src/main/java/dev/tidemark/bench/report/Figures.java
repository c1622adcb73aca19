package dev.tidemark.bench.report;

import java.util.Locale;

/** Numbers for people: three digits that mean something, thousands apart. */
public final class Figures {
    private Figures() {}

    public static String text(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) return "-";
        if (size >= 100 || value == Math.rint(value)) return String.format(Locale.ROOT, "%,d", Math.round(value));
        if (size >= 10) return String.format(Locale.ROOT, "%.1f", value);
        return String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.3f", value);
    }
}
