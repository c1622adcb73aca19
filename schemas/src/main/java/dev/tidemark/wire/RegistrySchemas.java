package dev.tidemark.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The ids of any schema registry with the Confluent API. Ids and schemas are asked for once and kept: neither ever changes.
 * That there is no schema of an id is kept for {@value #UNKNOWN_KEPT_S} seconds, so that a flood of garbage is no flood of
 * requests. Every method throws {@link SchemaRegistryException} if the registry cannot answer.
 */
public final class RegistrySchemas implements SchemaIds {
    static final long UNKNOWN_KEPT_S = 30;
    /** Unknown ids kept at most; beyond, all are forgotten. */
    private static final int UNKNOWN_MAX = 10_000;

    private static final long UNKNOWN_KEPT_NANOS =
            Duration.ofSeconds(UNKNOWN_KEPT_S).toNanos();
    private static final int REASON_MAX_CHARS = 300;
    private static final int SCHEMA_NOT_FOUND = 40403;

    private final RegistryClient client;
    private final Map<SubjectSchema, Integer> idBySchema = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemaById = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownSinceNanos = new ConcurrentHashMap<>();

    private record SubjectSchema(String subject, Schema schema) {}

    public RegistrySchemas(RegistryAddress address) {
        client = new RegistryClient(address);
    }

    /** Looks the schema up first: that needs no right to write, and is all there is to do but once. */
    @Override
    public int idOf(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = idBySchema.get(key);
        if (known != null) return known;
        int id = lookUpOrRegister(key);
        idBySchema.put(key, id);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema known = schemaById.get(id);
        if (known != null) return known;
        // No registry gives a negative id, and what one answers to it differs.
        if (id < 0 || isKnownToBeUnknown(id)) throw unknown(id);
        Schema schema = fetch(id);
        schemaById.put(id, schema);
        return schema;
    }

    private int lookUpOrRegister(SubjectSchema key) {
        String path = "/subjects/" + URLEncoder.encode(key.subject(), StandardCharsets.UTF_8);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("schema", key.schema().toString());
        RegistryClient.Answer found = client.post(path, body);
        if (found.isOk()) return id(found);
        if (found.status() != 404 && found.status() != 405) throw refused(found);
        RegistryClient.Answer registered = client.post(path + "/versions", body);
        if (registered.isOk()) return id(registered);
        throw refused(registered);
    }

    private Schema fetch(int id) {
        RegistryClient.Answer answer = client.get("/schemas/ids/" + id);
        // A 404 without the code comes from something else than a registry, and proves nothing about the id.
        if (answer.errorCode() == SCHEMA_NOT_FOUND) {
            remember(id);
            throw unknown(id);
        }
        if (!answer.isOk()) throw refused(answer);
        return schema(id, answer);
    }

    private static Schema schema(int id, RegistryClient.Answer answer) {
        String type = answer.body().path("schemaType").asText("AVRO");
        String text = answer.body().path("schema").asText("");
        if (text.isEmpty()) throw refused(answer);
        if (!type.equals("AVRO")) throw notOurs(id, null);
        try {
            return SchemaFiles.parse(text);
        } catch (AvroRuntimeException e) {
            throw notOurs(id, e);
        }
    }

    private static int id(RegistryClient.Answer answer) {
        int id = answer.body().path("id").asInt(-1);
        if (id < 0) throw refused(answer);
        return id;
    }

    private boolean isKnownToBeUnknown(int id) {
        Long since = unknownSinceNanos.get(id);
        return since != null && System.nanoTime() - since < UNKNOWN_KEPT_NANOS;
    }

    private void remember(int id) {
        if (unknownSinceNanos.size() >= UNKNOWN_MAX) unknownSinceNanos.clear();
        unknownSinceNanos.put(id, System.nanoTime());
    }

    private static UndecodableException unknown(int id) {
        return new UndecodableException(UndecodableException.UNKNOWN_SCHEMA_ID, "no schema has the id " + id);
    }

    private static UndecodableException notOurs(int id, @Nullable Throwable cause) {
        return new UndecodableException(
                UndecodableException.WRONG_SCHEMA, "schema " + id + " is not an Avro schema that stands alone", cause);
    }

    private static SchemaRegistryException refused(RegistryClient.Answer answer) {
        String reason = answer.body().path("message").asText("");
        if (reason.length() > REASON_MAX_CHARS) reason = reason.substring(0, REASON_MAX_CHARS);
        return new SchemaRegistryException("The schema registry answered " + answer.status() + " to " + answer.uri()
                + (reason.isEmpty() ? "" : " (" + reason + ")") + ". " + advice(answer));
    }

    private static String advice(RegistryClient.Answer answer) {
        return switch (answer.status()) {
            case 200 -> "That is not an answer of the Confluent API: check the address and its path.";
            case 301, 302, 303, 307, 308 -> "Redirects are not followed: give the address it leads to.";
            case 401, 403 -> "Check the user and password, and that they may read and register this subject.";
            case 404, 405 -> "Check the address and its path (Apicurio: /apis/ccompat/v7).";
            case 409 -> "The subject holds schemas that are not of this project: remove them or use another registry.";
            default -> "See the registry's log, then try again.";
        };
    }
}
