package dev.tidemark.bench.chaos.evidence;

import dev.tidemark.model.Origin;
import java.util.List;
import java.util.Map;

/** @param answers in no order but that of each replica */
public record Pushed(Map<Origin, Sent> sent, List<Answer> answers) {
    public Pushed {
        sent = Map.copyOf(sent);
        answers = List.copyOf(answers);
    }
}
