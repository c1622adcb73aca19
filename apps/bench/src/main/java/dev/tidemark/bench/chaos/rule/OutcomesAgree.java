package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Answer;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * L2: every mutation that was pushed has an outcome, and all answers about it say the same: taken at one seq, or refused for one
 * reason. Nothing is answered about what was not pushed.
 */
final class OutcomesAgree implements Rule {
    @Override
    public String law() {
        return "L2";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>();
        Map<Origin, Answer> first = new HashMap<>();
        for (Answer answer : evidence.pushed().answers()) {
            Answer before = first.putIfAbsent(answer.origin(), answer);
            if (before != null && !agree(before, answer)) found.add("answered " + before + ", and then " + answer);
            // A duplicate does not say which of the two it was; whoever does is kept.
            if (before != null && before.outcome().equals("duplicate")) first.put(answer.origin(), answer);
        }
        Set<Origin> unasked = new HashSet<>(first.keySet());
        unasked.removeAll(evidence.pushed().sent().keySet());
        for (Origin each : unasked) found.add("answered, but never pushed: " + each);
        Set<Origin> open = new HashSet<>(evidence.pushed().sent().keySet());
        open.removeAll(first.keySet());
        for (Origin each : open) found.add("no outcome: " + each);
        return found;
    }

    private static boolean agree(Answer one, Answer other) {
        boolean sameWord = one.outcome().equals(other.outcome());
        boolean again = one.isTaken()
                && other.isTaken()
                && (one.outcome().equals("duplicate") || other.outcome().equals("duplicate"));
        return (sameWord || again) && one.seq() == other.seq() && one.reason().equals(other.reason());
    }
}
