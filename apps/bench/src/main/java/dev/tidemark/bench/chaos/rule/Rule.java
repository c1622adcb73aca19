package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import java.util.List;

/** One law, or a part of one, as a pure function of what was pushed and seen. */
public interface Rule {
    /** As numbered in the semantics. */
    String law();

    /** @return what contradicts it, in words; empty: it holds */
    List<String> contradictions(Evidence evidence);
}
