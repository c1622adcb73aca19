package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Json;
import dev.tidemark.topology.repair.Repair;
import java.util.List;

/** What a repair says: the plan and the report as results, what is being done on stderr. */
final class RepairText {
    private final Surroundings surroundings;
    private final ResultFlags result;

    RepairText(Surroundings surroundings, ResultFlags result) {
        this.surroundings = surroundings;
        this.result = result;
    }

    void plan(Repair.Plan plan) {
        StringBuilder text = new StringBuilder("found:");
        lines(text, plan.found().isEmpty() ? List.of("nothing wrong; it is rebuilt all the same") : plan.found());
        text.append("\nwill:");
        lines(text, plan.steps());
        ObjectNode json = Json.MAPPER.createObjectNode();
        plan.found().forEach(json.putArray("found")::add);
        plan.steps().forEach(json.putArray("will")::add);
        result.print(text.toString(), json);
    }

    void progress(String line) {
        surroundings.err().println(line);
    }

    void report(Repair.Report report) {
        StringBuilder text = new StringBuilder("done:");
        report.counts()
                .forEach((name, count) -> text.append("\n  ")
                        .append(name.replace('_', ' '))
                        .append(' ')
                        .append(count));
        lines(text, report.notes());
        ObjectNode json = Json.MAPPER.createObjectNode();
        ObjectNode counts = json.putObject("done");
        report.counts().forEach(counts::put);
        report.notes().forEach(json.putArray("notes")::add);
        result.print(text.toString(), json);
    }

    private static void lines(StringBuilder text, List<String> lines) {
        lines.forEach(line -> text.append("\n  ").append(line));
    }
}
