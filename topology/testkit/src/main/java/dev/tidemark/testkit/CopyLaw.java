package dev.tidemark.testkit;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.client.BaseRow;
import dev.tidemark.algebra.client.Pending;
import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * L4 as something to check: every record at or below U is reflected in the target's copy, or superseded by a record above U.
 *
 * <p>The copy is the base and, over it, those of the replica's own mutations that the log reflects at or below U and the base
 * does not yet: rule B moves U over records whose outcome the replica may not have heard of, but whose mutations it still has.
 */
public final class CopyLaw {
    private final List<LogRecord> log;
    private final Function<Mutation, Optional<Outcome>> outcomes;

    /**
     * @param log every record there ever was
     * @param outcomes what was decided of the replica's own mutations
     */
    public CopyLaw(List<LogRecord> log, Function<Mutation, Optional<Outcome>> outcomes) {
        this.log = log;
        this.outcomes = outcomes;
    }

    /**
     * @param completeAt highest complete cursor that the copy ever had: the base has all that is at or below it
     * @return the first entity for which the law does not hold, in words; empty: it holds
     */
    public Optional<String> violation(Cursor unified, ReplicaCopy copy, CloudSeq completeAt) {
        Map<EntityId, LogRecord> latest = new HashMap<>();
        for (LogRecord record : log) latest.put(record.id(), record);
        for (LogRecord last : latest.values()) {
            boolean superseded = last.seq().isAfter(unified.seq());
            if (!superseded && !isReflected(last, unified.seq(), copy, completeAt))
                return Optional.of("the copy lacks " + last.id() + " of seq "
                        + last.seq().value() + ", U is " + unified.seq().value());
        }
        return Optional.empty();
    }

    private boolean isReflected(LogRecord last, CloudSeq unified, ReplicaCopy copy, CloudSeq completeAt) {
        BaseRow row = copy.base().get(last.id());
        String image = row == null ? null : row.image().canonical();
        CloudSeq from = row != null && row.place().seq().isAfter(completeAt)
                ? row.place().seq()
                : completeAt;
        List<Mutation> own = copy.outbox().stream()
                .map(Pending::mutation)
                .filter(mutation -> isOf(last.id(), mutation) && isSettled(mutation, from, unified))
                .toList();
        return Objects.equals(image, last.image()) || Objects.equals(overlaid(image, own), last.image());
    }

    private static boolean isOf(EntityId id, Mutation mutation) {
        return id.entity().equals(mutation.entity()) && id.key().equals(mutation.key());
    }

    /** Whether the log reflects it above the one seq and at or below the other. */
    private boolean isSettled(Mutation mutation, CloudSeq above, CloudSeq to) {
        Outcome outcome = outcomes.apply(mutation).orElse(null);
        if (outcome == null || !outcome.isSettled() || outcome.ordinal().isNone()) return false;
        CloudSeq seq = log.get((int) outcome.ordinal().value() - 1).seq();
        return seq.isAfter(above) && !seq.isAfter(to);
    }

    private static @Nullable String overlaid(@Nullable String image, List<Mutation> own) {
        @Nullable Map<String, String> fields = image == null ? null : new TreeMap<>(CanonicalJson.members(image));
        for (Mutation mutation : own) fields = applied(mutation, fields);
        return ReferenceEntity.image(fields);
    }

    private static @Nullable Map<String, String> applied(Mutation mutation, @Nullable Map<String, String> fields) {
        try {
            return ReferenceOps.apply(mutation.ops(), mutation.create(), fields);
        } catch (ReferenceOps.Rejected e) {
            return fields;
        }
    }
}
