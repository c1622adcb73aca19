package dev.tidemark.bench.chaos.rule;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.model.EntityChange;
import java.util.HashMap;
import java.util.Map;

/** Which records of a log have a later one of the same entity. */
final class Superseded {
    private final Map<String, Long> lastSeqs = new HashMap<>();

    Superseded(Evidence evidence) {
        evidence.log().whole().forEach((seq, change) -> lastSeqs.put(pathOf(change), seq));
    }

    static String pathOf(EntityChange change) {
        return EntityPath.of(change.id());
    }

    /** Whether the entity of the record has a record above that seq. */
    boolean isAbove(long seq, EntityChange change) {
        return lastSeqs.getOrDefault(pathOf(change), -1L) > seq;
    }
}
