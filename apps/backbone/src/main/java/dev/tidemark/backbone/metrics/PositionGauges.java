package dev.tidemark.backbone.metrics;

import dev.tidemark.backbone.position.ProjectPosition;
import dev.tidemark.model.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gauges of heads and targets, filled from the stores when they are looked at: right from the start on, gone with what they are of,
 * and the same as what the gateway says.
 */
final class PositionGauges {
    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
    private final Map<String, List<MultiGauge.Row<?>>> rows = new LinkedHashMap<>();

    PositionGauges(MeterRegistry registry) {
        add(registry, "tidemark.head.seq", "", "cloud seq of a project's last record; -1 none");
        add(registry, "tidemark.head.ordinal", "", "records of a project");
        add(registry, "tidemark.entities", "", "live entities of a project");
        add(registry, "tidemark.target.seq", "", "unified cursor of a target: its cloud seq; -1 none");
        add(registry, "tidemark.target.ordinal", "", "unified cursor of a target: its ordinal");
        add(registry, "tidemark.target.lag", "records", "records that a target has not seen");
        add(
                registry,
                "tidemark.target.freshness",
                "seconds",
                "age of the oldest record that a target has not seen; NaN while that is not known");
    }

    synchronized void show(List<ProjectPosition> positions) {
        rows.values().forEach(List::clear);
        for (ProjectPosition position : positions) {
            Tags project = Tags.of("project", position.project());
            row("tidemark.head.seq", project, position.head().seq().value());
            row("tidemark.head.ordinal", project, position.head().ordinal().value());
            row("tidemark.entities", project, position.head().count());
            for (ProjectPosition.At at : position.targets())
                target(project.and("target", at.target().name()), at);
        }
        gauges.forEach((name, gauge) -> gauge.register(List.copyOf(rows.getOrDefault(name, List.of())), true));
    }

    private void target(Tags tags, ProjectPosition.At at) {
        Target target = at.target();
        Long freshnessMs = at.position().freshnessMs();
        row("tidemark.target.seq", tags, target.unified().seq().value());
        row("tidemark.target.ordinal", tags, target.unified().ordinal().value());
        row("tidemark.target.lag", tags, at.position().lagRecords());
        row("tidemark.target.freshness", tags, freshnessMs == null ? Double.NaN : freshnessMs / 1_000.0);
    }

    private void row(String name, Tags tags, Number value) {
        rows.computeIfAbsent(name, key -> new ArrayList<>()).add(MultiGauge.Row.of(tags, value));
    }

    private void add(MeterRegistry registry, String name, String unit, String description) {
        MultiGauge.Builder gauge = MultiGauge.builder(name).description(description);
        gauges.put(
                name,
                unit.isEmpty() ? gauge.register(registry) : gauge.baseUnit(unit).register(registry));
    }
}
