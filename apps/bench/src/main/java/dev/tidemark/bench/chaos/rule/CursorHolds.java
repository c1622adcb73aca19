package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.Shown;
import dev.tidemark.model.Epoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * L4: a unified cursor never goes back within an epoch and generation, and each record at or below it was read by the target, is
 * the target's own, or is superseded by one above the cursor.
 */
final class CursorHolds implements Rule {
    private record Life(String target, long generation, Epoch epoch) {}

    @Override
    public String law() {
        return "L4";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>();
        Superseded superseded = new Superseded(evidence);
        Map<Life, Long> highest = new HashMap<>();
        for (Shown shown : evidence.served().shown()) {
            long unified = shown.unified().seq().value();
            Life life = new Life(
                    shown.party().target(), shown.generation(), shown.unified().epoch());
            long before = highest.getOrDefault(life, -1L);
            if (unified < before)
                found.add("the cursor of " + life.target() + " went back from " + before + " to " + unified);
            highest.put(life, Math.max(before, unified));
            found.addAll(skipped(evidence, superseded, shown));
        }
        return found;
    }

    private static List<String> skipped(Evidence evidence, Superseded superseded, Shown shown) {
        List<String> found = new ArrayList<>();
        Shown.Party party = shown.party();
        long unified = shown.unified().seq().value();
        if (unified <= shown.copied()) return found;
        evidence.log().whole().subMap(shown.copied(), false, unified, true).forEach((seq, change) -> {
            boolean isOwn = !change.meta().applyWhere()
                    && change.meta().origins().stream()
                            .allMatch(origin -> origin.isOf(party.target(), party.incarnation()));
            if (!isOwn && !superseded.isAbove(unified, change))
                found.add("the cursor of " + party.target() + " is at " + unified + ", its copy at " + shown.copied()
                        + ", and record " + seq + " is not its own");
        });
        return found;
    }
}
