package dev.tidemark.backbone.gateway;

/** Refusals that are decided before Kafka: what is in the topic is applied. */
final class Writable {
    private static final int RETRY_SECONDS = 10;

    private Writable() {}

    /** @throws Problem if the project takes no pushes now */
    static void check(Services services, String project) {
        String failure = services.health().get().failure();
        if (!failure.isEmpty()) throw Problem.retry(503, "stopped", failure, RETRY_SECONDS);
        if (services.projects().isPaused(project))
            throw Problem.of(409, "project_paused", "the project is paused by its owner");
        if (services.projects().isDeleting(project))
            throw Problem.of(409, "project_deleting", "the project is being deleted");
    }
}
