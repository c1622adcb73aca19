package dev.tidemark.algebra;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.ReplicaId;
import java.util.List;

/** Deletes a project's entities, a bounded chunk at a time; the generation rises when the last one is gone. */
public final class ProjectDeletion {
    private ProjectDeletion() {}

    /**
     * Records that delete those entities. They carry no origin.
     *
     * @param nobody the project, with no replica
     * @param paths of live entities
     */
    public static AdmitDecision tombstones(ReplicaId nobody, List<String> paths, Epoch epoch, AdmitView view) {
        ProjectWriter writer = new ProjectWriter(nobody.project(), epoch, view);
        for (String path : paths) {
            EntityState before = writer.entity(path);
            if (before == null || !before.isLive()) continue;
            writer.add(
                    path,
                    EntityPath.parse(path),
                    null,
                    before.version() + 1,
                    List.of(),
                    new ProjectWriter.Cause(false, null));
        }
        BatchOutcome outcome =
                new BatchOutcome(nobody, epoch, null, null, writer.head().ordinal(), -1, List.of());
        return new AdmitDecision(
                writer.changes(),
                outcome,
                writer.head(),
                writer.entities(),
                writer.buckets(),
                writer.typeCounts(),
                nobody,
                null,
                List.of(),
                List.of(),
                writer.indexAdded(),
                writer.indexRemoved());
    }
}
