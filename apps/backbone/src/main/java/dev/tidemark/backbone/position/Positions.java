package dev.tidemark.backbone.position;

import dev.tidemark.backbone.control.Projects;
import dev.tidemark.model.Head;
import dev.tidemark.model.Target;
import dev.tidemark.topology.query.MappingReader;
import dev.tidemark.topology.query.NotServed;
import dev.tidemark.topology.query.ProjectReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Reads where the projects of this instance stand. Thread-safe. */
public final class Positions {
    private final Projects projects;
    private final ProjectReader reader;
    private final MappingReader mapping;
    private final Clock clock;

    public Positions(Projects projects, ProjectReader reader, MappingReader mapping, Clock clock) {
        this.projects = projects;
        this.reader = reader;
        this.mapping = mapping;
        this.clock = clock;
    }

    /** Projects that are served here now, in order of their names, at most so many of them and of their targets. */
    public List<ProjectPosition> now(int projectsMax, int targetsMax) {
        List<ProjectPosition> positions = new ArrayList<>();
        int targetsLeft = targetsMax;
        for (String project : projects.all().keySet()) {
            if (positions.size() == projectsMax) break;
            try {
                ProjectPosition position = of(project, targetsLeft);
                targetsLeft -= position.targets().size();
                positions.add(position);
            } catch (NotServed e) {
                // It is starting, or served by another instance, which shows it.
            }
        }
        return positions;
    }

    private ProjectPosition of(String project, int targetsMax) {
        Head head = reader.headOrEmpty(project);
        List<ProjectPosition.At> targets = new ArrayList<>();
        for (Target target : reader.targets(project)) {
            if (targets.size() == targetsMax) break;
            targets.add(new ProjectPosition.At(
                    target, TargetPosition.of(target, head, mapping::committedMs, clock.millis())));
        }
        return new ProjectPosition(project, head, targets);
    }
}
