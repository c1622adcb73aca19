package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.cluster.Finding;
import dev.tidemark.cli.cluster.Finding.Verdict;
import java.util.List;
import java.util.Locale;

/** Findings, shown; the command fails if one of them is wrong. */
final class FindingTable {
    private final List<Finding> findings;

    FindingTable(List<Finding> findings) {
        this.findings = findings;
    }

    /** @throws CommandFailure after printing, if something is wrong */
    int print(ResultFlags result) {
        result.print(text(), json());
        long wrong = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.WRONG)
                .count();
        if (wrong == 0) return 0;
        throw new CommandFailure(wrong + (wrong == 1 ? " thing is" : " things are") + " wrong; mend as said above");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(String.format(Locale.ROOT, "%-6s  %s: %s%n", word(finding), finding.what(), finding.detail()));
            if (!finding.mend().isEmpty())
                text.append("        ").append(finding.mend()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode rows = json.putArray("findings");
        for (Finding finding : findings)
            rows.addObject()
                    .put("verdict", word(finding))
                    .put("what", finding.what())
                    .put("detail", finding.detail())
                    .put("mend", finding.mend());
        return json;
    }

    private static String word(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }
}
