package dev.tidemark.backbone.gateway;

import dev.tidemark.backbone.control.Projects;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.backbone.push.TargetEvents;
import dev.tidemark.topology.query.ChangeReader;
import dev.tidemark.topology.query.MappingReader;
import dev.tidemark.topology.query.ProjectReader;
import dev.tidemark.wire.EmbeddedSchemas;
import java.util.function.Supplier;

/**
 * What the routes call.
 *
 * @param health what {@code /health/ready} says
 * @param metrics text of {@code /metrics}
 */
public record Services(
        Pushes pushes,
        TargetEvents targetEvents,
        Projects projects,
        ProjectReader reader,
        ChangeReader changes,
        MappingReader mapping,
        Signals signals,
        EmbeddedSchemas schemas,
        Supplier<Health> health,
        Supplier<String> metrics,
        int bodyBytesMax,
        int batchBytesMax) {}
