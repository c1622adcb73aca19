package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.LogRead;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * L5: what came below a seq that was seen was there when it was seen. The raw reader missed no record of those it passed by; of
 * those that a page spans, what the page did not show is superseded by a later record.
 */
final class PrefixIsStable implements Rule {
    @Override
    public String law() {
        return "L5";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>(belowTail(evidence));
        Superseded superseded = new Superseded(evidence);
        for (Page page : evidence.served().pages()) {
            if (page.through() <= page.after()) continue;
            Set<Long> shown = page.rows().stream().map(Row::seq).collect(Collectors.toSet());
            evidence.log()
                    .whole()
                    .subMap(page.after(), false, page.through(), true)
                    .forEach((seq, change) -> {
                        if (!shown.contains(seq) && !superseded.isAbove(seq, change))
                            found.add("record " + seq + " is the last of its entity, and the page of " + page.reader()
                                    + " from " + page.after() + " to " + page.through() + " lacks it");
                    });
        }
        return found;
    }

    private static List<String> belowTail(Evidence evidence) {
        List<String> found = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        for (LogRead.Logged each : evidence.log().tail()) {
            if (each.seq() <= highest) found.add("record " + each.seq() + " came after " + highest);
            highest = Math.max(highest, each.seq());
            seen.add(each.seq());
        }
        for (long seq : evidence.log().whole().headMap(highest, true).keySet())
            if (!seen.contains(seq)) found.add("record " + seq + " was not there when " + highest + " was seen");
        return found;
    }
}
