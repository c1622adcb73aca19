package dev.tidemark.algebra;

import dev.tidemark.model.EntityId;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entity that mutations of one batch have touched and whose record is not written yet; nobody else writes one meanwhile. */
final class PendingEntity {
    /** A mutation on it that was applied: its place in the batch, and whether it had an effect when it was. */
    record Touch(int index, Origin origin, boolean effective, long version) {}

    final String path;
    final EntityId id;
    final @Nullable EntityState base;
    private final List<Touch> touches = new ArrayList<>();
    private @Nullable Image image;
    private long version;
    private @Nullable String occurredAt;

    PendingEntity(String path, EntityId id, @Nullable EntityState base, long versionFloor) {
        this.path = path;
        this.id = id;
        this.base = base;
        this.image = base == null ? null : base.image();
        this.version = base == null ? versionFloor : base.version();
    }

    @Nullable
    Image image() {
        return image;
    }

    long version() {
        return version;
    }

    /** Whether base_version names the running version; 0 also names an entity that is not there. One without a row has none. */
    boolean isAt(long baseVersion) {
        if (baseVersion == 0 && image == null) return true;
        boolean hasVersion = base != null || firstEffectiveIndex() >= 0;
        return hasVersion && baseVersion == version;
    }

    void touch(int index, Origin origin, @Nullable Image after, @Nullable String at) {
        boolean effective = !Objects.equals(image, after);
        if (effective) {
            version++;
            image = after;
            if (at != null) occurredAt = at;
        }
        touches.add(new Touch(index, origin, effective, version));
    }

    List<Touch> touches() {
        return touches;
    }

    int effectiveTouches() {
        int count = 0;
        for (Touch touch : touches) if (touch.effective()) count++;
        return count;
    }

    /** Place in the batch of the first mutation that had an effect; -1 none. */
    int firstEffectiveIndex() {
        for (Touch touch : touches) if (touch.effective()) return touch.index();
        return -1;
    }

    /** Whether the group's net effect is worth a record. */
    boolean isChanged() {
        return !Objects.equals(base == null ? null : base.image(), image);
    }

    /** Writes its record, if there is a net effect. */
    void write(ProjectWriter writer) {
        if (!isChanged()) return;
        List<Origin> origins = new ArrayList<>(touches.size());
        for (Touch touch : touches) if (touch.effective()) origins.add(touch.origin());
        writer.add(path, id, base, image, version, origins, new ProjectWriter.Cause(false, occurredAt));
    }

    /** Outcomes of its mutations, once all records of the group are written. */
    void answer(ProjectWriter writer, Outcome[] outcomes) {
        boolean changed = isChanged();
        EntityState now = changed ? writer.entity(path) : base;
        var ordinal = now != null ? now.ordinal() : writer.head().ordinal();
        long settledVersion = now != null ? now.version() : 0;
        for (Touch touch : touches) {
            Outcome.Kind kind = changed && touch.effective() ? Outcome.Kind.ACCEPTED : Outcome.Kind.UNCHANGED;
            long at = changed ? touch.version() : settledVersion;
            outcomes[touch.index()] =
                    new Outcome(touch.origin().localSeq(), kind, false, ordinal, ordinal, at, null, null);
        }
    }
}
