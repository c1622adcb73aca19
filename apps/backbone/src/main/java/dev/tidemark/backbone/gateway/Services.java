package dev.tidemark.backbone.gateway;

import dev.tidemark.backbone.control.Projects;
import dev.tidemark.backbone.instances.Forwarding;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.backbone.push.TargetEvents;
import dev.tidemark.topology.query.MappingReader;
import dev.tidemark.topology.query.ProjectReader;
import dev.tidemark.wire.EmbeddedSchemas;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the routes call.
 *
 * @param answering threads on which whatever waited goes on; they never wait for a client
 * @param health what {@code /health/ready} says
 * @param metrics text of {@code /metrics}
 */
public record Services(
        Pushes pushes,
        TargetEvents targetEvents,
        Projects projects,
        ProjectReader reader,
        ChangeSource changes,
        MappingReader mapping,
        Signals signals,
        Executor answering,
        EmbeddedSchemas schemas,
        Supplier<Health> health,
        Supplier<String> metrics,
        Forwarding forwarding,
        Limits limits) {
    /**
     * Bounds of requests.
     *
     * @param bodyBytesMax of a request body, and of a line of a stream
     * @param batchBytesMax of a batch that goes to Kafka
     * @param heartbeat no stream of events is silent for longer
     */
    public record Limits(int bodyBytesMax, int batchBytesMax, Duration heartbeat) {}
}
