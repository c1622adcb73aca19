package dev.tidemark.algebra.client;

import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Ops;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Mutation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Step 4: an advance held against the base and what is settled. All of it fits, or nothing is taken. */
final class AdvanceReading {
    private final Advance advance;
    private final Base base;
    private final Outbox outbox;
    private final Map<EntityId, Taken> taken = new LinkedHashMap<>();

    AdvanceReading(Advance advance, Base base, Outbox outbox) {
        this.advance = advance;
        this.base = base;
        this.outbox = outbox;
    }

    private record Taken(Optional<Image> image, Place place) {}

    /** @return whether the base now has it */
    boolean takeIn() {
        for (Advance.Step step : advance.records()) if (!fits(step)) return false;
        taken.forEach((id, entry) -> base.take(id, entry.image().orElse(null), entry.place()));
        return true;
    }

    private boolean fits(Advance.Step step) {
        @Nullable Image image = imageOf(step.id());
        for (long localSeq : step.localSeqs()) {
            Mutation mutation = outbox.settled(localSeq);
            if (mutation == null || !isOf(step.id(), mutation)) return false;
            image = Ops.apply(mutation, image).after();
        }
        taken.put(
                step.id(),
                new Taken(Optional.ofNullable(image), new Place(advance.to().epoch(), step.seq())));
        return Objects.equals(hashOf(image), step.hash());
    }

    private @Nullable Image imageOf(EntityId id) {
        Taken before = taken.get(id);
        if (before != null) return before.image().orElse(null);
        BaseRow row = base.row(id);
        return row == null ? null : row.image();
    }

    private static boolean isOf(EntityId id, Mutation mutation) {
        return id.entity().equals(mutation.entity()) && id.key().equals(mutation.key());
    }

    private static @Nullable Hash hashOf(@Nullable Image image) {
        return image == null ? null : Hashes.image(image.canonical());
    }
}
