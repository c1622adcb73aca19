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
 * <p>The copy is the base and, over it, those of the replica's own mutations that the log reflects at or below U: rule B
 * moves U over records whose outcome the replica may not have heard of, but whose mutations it still has.
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

    /** The first entity for which the law does not hold, in words; empty: it holds. */
    public Optional<String> violation(Cursor unified, ReplicaCopy copy) {
        Map<EntityId, LogRecord> latest = new HashMap<>();
        for (LogRecord record : log) latest.put(record.id(), record);
        for (LogRecord last : latest.values()) {
            boolean superseded = last.seq().isAfter(unified.seq());
            if (!superseded && !isReflected(last, unified.seq(), copy))
                return Optional.of("the copy lacks " + last.id() + " of seq " + last.seq().value() + ", U is "
                        + unified.seq().value());
        }
        return Optional.empty();
    }

    private boolean isReflected(LogRecord last, CloudSeq unified, ReplicaCopy copy) {
        BaseRow row = copy.base().get(last.id());
        String image = row == null ? null : row.image().canonical();
        return Objects.equals(image, last.image())
                || Objects.equals(overlaid(last.id(), image, unified, copy.outbox()), last.image());
    }

    private @Nullable String overlaid(
            EntityId id, @Nullable String image, CloudSeq unified, List<Pending> outbox) {
        @Nullable Map<String, String> fields = image == null ? null : new TreeMap<>(CanonicalJson.members(image));
        for (Pending pending : outbox) {
            Mutation mutation = pending.mutation();
            boolean addressed = id.entity().equals(mutation.entity()) && id.key().equals(mutation.key());
            if (addressed && isSettledBy(mutation, unified)) fields = applied(mutation, fields);
        }
        return ReferenceEntity.image(fields);
    }

    private boolean isSettledBy(Mutation mutation, CloudSeq unified) {
        Outcome outcome = outcomes.apply(mutation).orElse(null);
        if (outcome == null || !outcome.isSettled()) return false;
        return log.stream()
                .filter(record -> record.ordinal().equals(outcome.ordinal()))
                .noneMatch(record -> record.seq().isAfter(unified));
    }

    private static @Nullable Map<String, String> applied(Mutation mutation, @Nullable Map<String, String> fields) {
        try {
            return ReferenceOps.apply(mutation.ops(), mutation.create(), fields);
        } catch (ReferenceOps.Rejected e) {
            return fields;
        }
    }
}
