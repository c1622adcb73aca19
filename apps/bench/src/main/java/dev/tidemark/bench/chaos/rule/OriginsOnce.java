package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Answer;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.Sent;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Op;
import dev.tidemark.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * L2: an accepted mutation is in exactly one record, that at its seq (an apply_where in all of its records, the last at its seq);
 * any other in none. No record carries what was not pushed.
 */
final class OriginsOnce implements Rule {
    @Override
    public String law() {
        return "L2";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>();
        Map<Origin, List<Long>> carriers = carriers(evidence);
        carriers.forEach((origin, seqs) -> {
            Sent sent = evidence.pushed().sent().get(origin);
            if (sent == null) found.add("nobody pushed " + origin + " of the records " + seqs);
            else if (seqs.size() > 1 && !isApplyWhere(sent)) found.add(origin + " is in the records " + seqs);
        });
        for (Answer answer : evidence.pushed().answers())
            if (!fits(answer, carriers.getOrDefault(answer.origin(), List.of())))
                found.add(answer + " is in the records " + carriers.get(answer.origin()));
        return found;
    }

    private static boolean fits(Answer answer, List<Long> carriers) {
        return switch (answer.outcome()) {
            case "accepted" -> !carriers.isEmpty() && last(carriers) == answer.seq();
            // Of one that was accepted or of one that was unchanged.
            case "duplicate" -> carriers.isEmpty() || last(carriers) == answer.seq();
            default -> carriers.isEmpty();
        };
    }

    private static long last(List<Long> carriers) {
        return Objects.requireNonNull(carriers.get(carriers.size() - 1));
    }

    private static Map<Origin, List<Long>> carriers(Evidence evidence) {
        Map<Origin, List<Long>> carriers = new HashMap<>();
        for (Map.Entry<Long, EntityChange> record : evidence.log().whole().entrySet())
            for (Origin origin : record.getValue().meta().origins())
                carriers.computeIfAbsent(origin, each -> new ArrayList<>()).add(record.getKey());
        return carriers;
    }

    private static boolean isApplyWhere(Sent sent) {
        return sent.mutation().ops().get(0) instanceof Op.ApplyWhere;
    }
}
