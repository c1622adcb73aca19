package dev.tidemark.testkit;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import org.jspecify.annotations.Nullable;

/** A record of the log with the seq it got. */
public record LogRecord(CloudSeq seq, EntityChange change) {
    public EntityId id() {
        return change.id();
    }

    public Ordinal ordinal() {
        return change.meta().ordinal();
    }

    /** Canonical; null: deleted. */
    public @Nullable String image() {
        return change.image();
    }

    public LoggedRecord logged() {
        return new LoggedRecord(
                seq,
                ordinal(),
                id(),
                change.meta().op(),
                change.meta().hash(),
                change.meta().origins(),
                change.meta().applyWhere());
    }
}
