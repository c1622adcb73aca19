package dev.tidemark.backbone.position;

import dev.tidemark.model.Head;
import dev.tidemark.model.Target;
import java.util.List;

/** A project's head and its targets, of about the same moment. */
public record ProjectPosition(String project, Head head, List<At> targets) {
    /** A target and where it is. */
    public record At(Target target, TargetPosition position) {}

    public ProjectPosition {
        targets = List.copyOf(targets);
    }
}
