package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;

/** Every rule on the evidence of a project. */
public final class Checker {
    public static final List<Rule> RULES = List.of(
            new OutcomesAgree(),
            new OriginsOnce(),
            new CursorHolds(),
            new PrefixIsStable(),
            new NothingTakenBack(),
            new DigestsFit(),
            new OrderKept(),
            new NothingReset(),
            new EndIsServed(),
            new LogIsFold());

    private Checker() {}

    public static List<Violation> violations(Evidence evidence) {
        List<Violation> found = new ArrayList<>();
        for (Rule rule : RULES)
            for (String each : rule.contradictions(evidence))
                found.add(new Violation(rule.law(), evidence.project(), each));
        return found;
    }
}
