package dev.tidemark.algebra;

import dev.tidemark.model.Epoch;
import java.util.List;

/** Deletes a project's entities, a bounded chunk at a time; the generation rises when the last one is gone. */
public final class ProjectDeletion {
    private ProjectDeletion() {}

    /**
     * Records that delete those entities. They carry no origin.
     *
     * @param paths of live entities
     */
    public static ProjectWrites tombstones(String project, List<String> paths, Epoch epoch, AdmitView view) {
        ProjectWriter writer = new ProjectWriter(project, epoch, view);
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
        return writer.writes();
    }
}
