package dev.tidemark.bench.chaos.rule;

/**
 * A law that did not hold.
 *
 * @param law as numbered in the semantics
 * @param what the evidence, for a person
 */
public record Violation(String law, String project, String what) {
    @Override
    public String toString() {
        return law + " " + project + ": " + what;
    }
}
