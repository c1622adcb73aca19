package dev.tidemark.algebra;

import dev.tidemark.model.Ordinal;

/**
 * Where Admit stands in a project.
 *
 * @param ordinal of its last record
 * @param total digest and count of all live entities
 * @param versionFloor highest version of a pruned entity; a new entity starts above it
 * @param generation rises when the project is deleted; part of the epoch
 */
public record ProjectHead(Ordinal ordinal, BucketState total, long versionFloor, long generation, Life life) {
    /** What becomes of a project. The first push opens one that is absent. */
    public enum Life {
        ABSENT,
        OPEN,
        /** Its entities are being deleted; batches are refused until that is done. */
        DELETING
    }

    public static final ProjectHead NEW = new ProjectHead(Ordinal.NONE, BucketState.EMPTY, 0, 0, Life.ABSENT);

    ProjectHead withRecord(Ordinal next, BucketState after) {
        return new ProjectHead(next, after, versionFloor, generation, life);
    }

    public ProjectHead with(Life now) {
        return new ProjectHead(ordinal, total, versionFloor, generation, now);
    }

    /** After its last entity was deleted: cursors of the generation before are no longer honoured. */
    public ProjectHead nextGeneration() {
        return new ProjectHead(ordinal, total, versionFloor, generation + 1, Life.ABSENT);
    }

    public ProjectHead withVersionFloor(long floor) {
        return new ProjectHead(ordinal, total, Math.max(versionFloor, floor), generation, life);
    }
}
