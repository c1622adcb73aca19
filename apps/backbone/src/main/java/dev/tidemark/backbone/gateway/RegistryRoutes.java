package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.wire.EmbeddedSchemas;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The Confluent Schema Registry API under {@code /registry}: reading, and idempotent registration of the schemas of this build, so
 * that a stock serializer works with nothing else installed.
 */
final class RegistryRoutes {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int INVALID_SCHEMA = 42201;
    private static final int READ_ONLY = 42205;

    private final EmbeddedSchemas schemas;
    private final int bodyBytesMax;

    RegistryRoutes(Services services) {
        this.schemas = services.schemas();
        this.bodyBytesMax = services.limits().bodyBytesMax();
    }

    void subjects(Context ctx) {
        ArrayNode json = ResultJson.array();
        schemas.subjects().forEach(json::add);
        answer(ctx, json);
    }

    void versions(Context ctx) {
        ArrayNode json = ResultJson.array();
        schemas.versions(ctx.pathParam("subject")).forEach(json::add);
        if (json.isEmpty()) refuse(ctx, 404, SUBJECT_NOT_FOUND, "Subject not found.");
        else answer(ctx, json);
    }

    void version(Context ctx) {
        find(ctx)
                .ifPresentOrElse(
                        version -> answer(ctx, described(version)),
                        () -> refuse(ctx, 404, VERSION_NOT_FOUND, "Version not found."));
    }

    void versionSchema(Context ctx) {
        find(ctx)
                .ifPresentOrElse(
                        version -> Answers.text(ctx, MEDIA_TYPE, version.text()),
                        () -> refuse(ctx, 404, VERSION_NOT_FOUND, "Version not found."));
    }

    void byId(Context ctx) {
        id(ctx).ifPresentOrElse(
                        version -> answer(ctx, ResultJson.object().put("schema", version.text())),
                        () -> refuse(ctx, 404, SCHEMA_NOT_FOUND, "Schema not found"));
    }

    void textById(Context ctx) {
        id(ctx).ifPresentOrElse(
                        version -> Answers.text(ctx, MEDIA_TYPE, version.text()),
                        () -> refuse(ctx, 404, SCHEMA_NOT_FOUND, "Schema not found"));
    }

    void versionsById(Context ctx) {
        id(ctx).ifPresentOrElse(
                        version -> {
                            ArrayNode json = ResultJson.array();
                            json.addObject().put("subject", version.subject()).put("version", version.version());
                            answer(ctx, json);
                        },
                        () -> refuse(ctx, 404, SCHEMA_NOT_FOUND, "Schema not found"));
    }

    void subjectsById(Context ctx) {
        id(ctx).ifPresentOrElse(
                        version -> answer(ctx, ResultJson.array().add(version.subject())),
                        () -> refuse(ctx, 404, SCHEMA_NOT_FOUND, "Schema not found"));
    }

    /** Registration of what is here already answers its id; anything else is refused: the contract is fixed by the build. */
    void register(Context ctx) {
        String subject = ctx.pathParam("subject");
        String schema = schemaOf(ctx);
        if (schema == null) return;
        OptionalInt id = registered(subject, schema);
        if (id.isPresent()) answer(ctx, ResultJson.object().put("id", id.getAsInt()));
        else
            refuse(
                    ctx,
                    422,
                    READ_ONLY,
                    "This registry serves the schemas of Tidemark only; " + subject + " has no such schema.");
    }

    void lookUp(Context ctx) {
        String subject = ctx.pathParam("subject");
        String schema = schemaOf(ctx);
        if (schema == null) return;
        if (schemas.versions(subject).isEmpty()) {
            refuse(ctx, 404, SUBJECT_NOT_FOUND, "Subject not found.");
            return;
        }
        found(subject, schema)
                .ifPresentOrElse(
                        version -> answer(ctx, described(version)),
                        () -> refuse(ctx, 404, SCHEMA_NOT_FOUND, "Schema not found"));
    }

    void config(Context ctx) {
        answer(ctx, ResultJson.object().put("compatibilityLevel", "FULL_TRANSITIVE"));
    }

    void mode(Context ctx) {
        answer(ctx, ResultJson.object().put("mode", "READONLY"));
    }

    void types(Context ctx) {
        answer(ctx, ResultJson.array().add("AVRO"));
    }

    private OptionalInt registered(String subject, String schema) {
        try {
            return schemas.register(subject, schema);
        } catch (RuntimeException e) {
            return OptionalInt.empty();
        }
    }

    private Optional<EmbeddedSchemas.Version> found(String subject, String schema) {
        try {
            return schemas.find(subject, schema);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<EmbeddedSchemas.Version> find(Context ctx) {
        String subject = ctx.pathParam("subject");
        String version = ctx.pathParam("version");
        if (version.equals("latest") || version.equals("-1")) return schemas.latest(subject);
        try {
            return schemas.version(subject, Integer.parseInt(version));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<EmbeddedSchemas.Version> id(Context ctx) {
        try {
            return schemas.version(Integer.parseInt(ctx.pathParam("id")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private @Nullable String schemaOf(Context ctx) {
        try {
            JsonNode body = ResultJson.MAPPER.readTree(RequestBody.text(ctx, bodyBytesMax));
            if (body != null && body.path("schema").isTextual())
                return body.path("schema").asText();
        } catch (IOException e) {
            // said below
        }
        refuse(ctx, 422, INVALID_SCHEMA, "The body has no schema.");
        return null;
    }

    private static ObjectNode described(EmbeddedSchemas.Version version) {
        return ResultJson.object()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.text());
    }

    private static void answer(Context ctx, JsonNode json) {
        Answers.text(ctx, MEDIA_TYPE, json.toString());
    }

    private static void refuse(Context ctx, int status, int code, String message) {
        ctx.status(status);
        answer(ctx, ResultJson.object().put("error_code", code).put("message", message));
    }
}
