package dev.tidemark.testkit.simulation.ground;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, line by line, where somebody wants to read it. */
public final class Trace {
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();

    private Trace(boolean kept) {
        this.kept = kept;
    }

    public static Trace kept() {
        return new Trace(true);
    }

    public static Trace none() {
        return new Trace(false);
    }

    public void note(Supplier<String> line) {
        if (kept) lines.add(line.get());
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
