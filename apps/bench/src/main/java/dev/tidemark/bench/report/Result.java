package dev.tidemark.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one subcommand found, on which machine, with which settings. */
public final class Result {
    private final String command;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Measure> measures = new ArrayList<>();
    private final Machine machine = Machine.here();

    public Result(String command) {
        this.command = command;
    }

    public Result setting(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    public Result add(Measure measure) {
        measures.add(measure);
        return this;
    }

    public String command() {
        return command;
    }

    public Machine machine() {
        return machine;
    }

    public Map<String, Object> settings() {
        return Collections.unmodifiableMap(settings);
    }

    public List<Measure> measures() {
        return List.copyOf(measures);
    }
}
