package dev.tidemark.model;

import org.jspecify.annotations.Nullable;

/**
 * What Admit decided of one mutation; the first decision is immutable (semantics, section 3).
 *
 * @param duplicate decided by an earlier batch; the rest is what was decided then
 * @param ordinal of the record that carries it; for unchanged of the entity's last record, else of the head;
 *     {@link Ordinal#NONE} otherwise
 * @param firstOrdinal of the first record of an apply_where; else equal to {@code ordinal}
 * @param version of the entity after it; 0 where there is none
 * @param reason of a rejection or conflict
 * @param fanOut counts of an apply_where
 */
public record Outcome(
        long localSeq,
        Kind kind,
        boolean duplicate,
        Ordinal ordinal,
        Ordinal firstOrdinal,
        long version,
        @Nullable Reason reason,
        @Nullable FanOut fanOut) {
    public enum Kind {
        ACCEPTED,
        UNCHANGED,
        REJECTED,
        CONFLICT
    }

    /** What an apply_where met: entities that matched, that it changed, that it had to leave alone. */
    public record FanOut(int matched, int changed, int skipped) {}

    public Outcome {
        if ((kind == Kind.REJECTED || kind == Kind.CONFLICT) != (reason != null))
            throw new IllegalArgumentException("an outcome has a reason exactly if it is a rejection or conflict");
    }

    /** Whether the mutation is reflected in the log. */
    public boolean isSettled() {
        return reason == null;
    }

    public Outcome asDuplicate() {
        return new Outcome(localSeq, kind, true, ordinal, firstOrdinal, version, reason, fanOut);
    }

    /** Word of the contract: a re-send of a settled mutation answers duplicate, of any other the same again. */
    public String code() {
        if (duplicate && isSettled()) return "duplicate";
        return switch (kind) {
            case ACCEPTED -> "accepted";
            case UNCHANGED -> "unchanged";
            case REJECTED -> "rejected";
            case CONFLICT -> "conflict";
        };
    }
}
