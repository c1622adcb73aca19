package dev.tidemark.backbone.gateway;

import dev.tidemark.backbone.control.Projects;

/** Refusals that are decided before Kafka: what is in the topic is applied. */
final class Writable {
    private Writable() {}

    /** @throws Problem if the project takes no pushes now */
    static void check(Projects projects, String project) {
        if (projects.isPaused(project)) throw Problem.of(409, "project_paused", "the project is paused by its owner");
        if (projects.isDeleting(project)) throw Problem.of(409, "project_deleting", "the project is being deleted");
    }
}
