package dev.tidemark.cli.push;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.client.Json;
import java.util.Locale;

/** The result of a push, for a person and for a program. */
public final class PushReport {
    private final String project;
    private final PushTally tally;
    private final double seconds;

    PushReport(String project, PushTally tally, double seconds) {
        this.project = project;
        this.tally = tally;
        this.seconds = Math.max(1e-3, seconds);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        for (OutcomeWord outcome : OutcomeWord.values())
            text.append(outcome.word()).append(' ').append(tally.count(outcome)).append("  ");
        text.append(String.format(Locale.ROOT, "in %.1f s, %,.0f/s", seconds, tally.decided() / seconds));
        for (PushTally.Trouble trouble : tally.troubles()) text.append('\n').append(line(trouble));
        long more = tally.troubleCount() - tally.troubles().size();
        if (more > 0) text.append("\nand ").append(more).append(" more");
        return text.toString();
    }

    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("project", project).put("mutations", tally.decided());
        for (OutcomeWord outcome : OutcomeWord.values()) json.put(outcome.word(), tally.count(outcome));
        json.put("requests", tally.requests()).put("retries", tally.retries());
        json.put("seconds", Math.round(seconds * 1_000) / 1e3);
        json.put("mutations_per_second", Math.round(tally.decided() / seconds));
        ArrayNode troubles = json.putArray("not_applied");
        for (PushTally.Trouble trouble : tally.troubles()) {
            troubles.addObject()
                    .put("line", trouble.line().number())
                    .put("replica", trouble.line().replica())
                    .put("local_seq", trouble.line().localSeq())
                    .put("outcome", trouble.result().outcome().word())
                    .put("reason", trouble.result().reason())
                    .put("detail", trouble.result().detail());
        }
        return json;
    }

    /** Whether no mutation was decided. */
    public boolean isEmpty() {
        return tally.decided() == 0;
    }

    /** Whether every mutation took effect. */
    public boolean isClean() {
        return tally.troubleCount() == 0;
    }

    /** Why the push did not go through whole, in one line. */
    public String trouble() {
        return tally.troubleCount() + " of " + tally.decided() + " mutations took no effect ("
                + tally.count(OutcomeWord.REJECTED) + " rejected, " + tally.count(OutcomeWord.CONFLICT)
                + " in conflict); mend them and send them with new local seqs";
    }

    private static String line(PushTally.Trouble trouble) {
        PushResult result = trouble.result();
        return result.outcome().word() + ": line " + trouble.line().number() + " ("
                + trouble.line().replica()
                + ", local seq " + trouble.line().localSeq() + ")"
                + (result.reason() == null ? "" : ": " + result.reason())
                + (result.detail() == null ? "" : ": " + result.detail());
    }
}
