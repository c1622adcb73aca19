package dev.tidemark.bench.workload;

import dev.tidemark.cli.UsageFailure;
import java.util.List;

/**
 * How much is pushed.
 *
 * @param seed the same seed makes the same edits
 * @param partitions of every topic
 * @param projects each on a partition of its own, as long as there are enough
 * @param entities of all projects together
 * @param chunk edits that go together: the mutations of a batch
 */
public record Shape(long seed, int partitions, int projects, int entities, int chunk) {
    public static final int IMAGE_BYTES = 300;
    public static final int CHUNK = 100;

    /** @throws UsageFailure if a project would have fewer entities than a chunk has edits */
    public Shape {
        if (projects < 1 || chunk < 1) throw new UsageFailure("projects and batch must be at least 1");
        if (entities / projects < chunk)
            throw new UsageFailure("each project needs at least " + chunk + " entities, a batch");
    }

    /** In the order of their indexes. */
    public List<String> projectNames() {
        return ProjectNames.spread(projects, partitions);
    }

    /** Entities of each project; what does not make a whole chunk is left out, so that no chunk names an entity twice. */
    public int entitiesPerProject() {
        return entities / projects / chunk * chunk;
    }

    public int entitiesUsed() {
        return entitiesPerProject() * projects;
    }

    /** Chunks that touch every entity once. */
    public int chunksPerRound() {
        return entitiesUsed() / chunk;
    }
}
