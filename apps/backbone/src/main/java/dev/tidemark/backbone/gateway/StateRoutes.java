package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.Query;
import dev.tidemark.algebra.QueryError;
import dev.tidemark.backbone.control.ControlView;
import dev.tidemark.backbone.control.ProjectInfo;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Head;
import dev.tidemark.model.Names;
import dev.tidemark.topology.query.ProjectReader;
import dev.tidemark.topology.store.ChangeRow;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Projects, entities and digests as they are now. */
final class StateRoutes {
    private static final int PAGE_DEFAULT = 500;
    private static final int PAGE_MAX = 1_000;
    private static final int KEYS_MAX = 1_000;

    private final Services services;

    StateRoutes(Services services) {
        this.services = services;
    }

    void projects(Context ctx) {
        Params.only(ctx, Set.of("after", "limit"));
        String after = Params.text(ctx, "after");
        int limit = (int) Params.number(ctx, "limit", PAGE_MAX, 1, PAGE_MAX);
        SortedMap<String, Head> heads = new TreeMap<>(services.reader().heads());
        SortedMap<String, ProjectInfo> known = services.projects().all();
        known.keySet().forEach(name -> heads.computeIfAbsent(name, services.reader()::headOrEmpty));
        heads.keySet().removeIf(name -> !known.containsKey(name));
        if (after != null) heads.keySet().removeIf(name -> name.compareTo(after) <= 0);
        ObjectNode json = ResultJson.object();
        ArrayNode list = json.putArray("projects");
        String last = "";
        for (var entry : heads.entrySet()) {
            if (list.size() == limit) {
                json.put("next", last);
                break;
            }
            last = entry.getKey();
            ProjectInfo info = known.get(last);
            if (info != null) list.add(summary(info, entry.getValue()));
        }
        Answers.json(ctx, json);
    }

    void project(Context ctx) {
        String project = Params.project(ctx);
        ProjectInfo info = known(project);
        ObjectNode json = summary(info, services.reader().headOrEmpty(project));
        ObjectNode counts = json.putObject("entities");
        services.reader().countsByType(project).forEach(counts::put);
        json.put("targets", services.reader().targets(project).size());
        Answers.json(ctx, json);
    }

    void put(Context ctx) {
        String project = Params.project(ctx);
        String body = Params.body(ctx, services.bodyBytesMax());
        String policy = body.isBlank() ? "{}" : body;
        checkObject(policy);
        boolean isNew = services.projects().find(project).isEmpty();
        ctx.contentType("application/json");
        ctx.future(() -> services.projects().put(project, policy).thenAccept(answer -> {
            ProjectInfo info = done(answer);
            Head head = services.reader().headOrEmpty(project);
            ctx.status(isNew ? 201 : 200).result(summary(info, head).toString());
        }));
    }

    void delete(Context ctx) {
        String project = Params.project(ctx);
        known(project);
        ctx.contentType("application/json");
        ctx.future(() -> services.projects().delete(project).thenAccept(answer -> {
            ProjectInfo info = done(answer);
            ctx.status(202)
                    .result(ResultJson.object()
                            .put("project", project)
                            .put("state", info.state())
                            .toString());
        }));
    }

    void entities(Context ctx) {
        Params.only(ctx, Set.of("key", "after", "limit", "query", "at_least"));
        String project = Params.project(ctx);
        String entity = Params.name(ctx, "entity");
        String atLeast = Params.text(ctx, "at_least");
        if (atLeast != null) AtLeast.await(services, project, atLeast);
        List<String> keys = ctx.queryParams("key");
        if (keys.isEmpty()) listing(ctx, project, entity);
        else byKey(ctx, project, entity, keys);
    }

    void digest(Context ctx) {
        Params.only(ctx, Set.of("buckets", "seq"));
        String project = Params.project(ctx);
        known(project);
        Head head = services.reader().headOrEmpty(project);
        ObjectNode json = ResultJson.headWithDigest(head);
        json.put("cursor", CursorToken.encode(head.cursor(project, 0)));
        if (Params.flag(ctx, "buckets")) {
            long seq = Params.number(
                    ctx, "seq", head.seq().value(), 0, Math.max(0, head.seq().value()));
            ObjectNode buckets = json.putObject("buckets");
            services.reader().buckets(project, seq).forEach((number, bucket) -> buckets.putObject(
                            String.format("%02x", number))
                    .put("digest", bucket.digest().hex())
                    .put("count", bucket.count()));
        }
        Answers.json(ctx, json);
    }

    private void byKey(Context ctx, String project, String entity, List<String> keys) {
        if (keys.size() > KEYS_MAX) throw Problem.invalid("key", "at most " + KEYS_MAX + " keys at a time");
        StringBuilder json = new StringBuilder("{\"entities\":[");
        String separator = "";
        for (String key : keys) {
            if (!Names.isKey(key)) throw Problem.invalid("key", "must be 1 to 1,024 bytes of valid Unicode");
            Optional<ChangeRow> row = services.reader().entity(new EntityId(project, entity, key));
            if (row.isEmpty() || !row.get().isLive()) continue;
            json.append(separator).append(entityJson(row.get()));
            separator = ",";
        }
        if (separator.isEmpty() && keys.size() == 1)
            throw Problem.of(404, "entity_not_found", "there is no such entity, or it was deleted");
        ctx.contentType("application/json").result(json.append("]}").toString());
    }

    private void listing(Context ctx, String project, String entity) {
        String after = Params.text(ctx, "after");
        if (after != null && !Names.isKey(after))
            throw Problem.invalid("after", "must be a key: 1 to 1,024 bytes of valid Unicode");
        int limit = (int) Params.number(ctx, "limit", PAGE_DEFAULT, 1, PAGE_MAX);
        ProjectReader.Listing listing = services.reader().entities(project, entity, after, limit, query(ctx));
        StringBuilder json = new StringBuilder("{\"entities\":[");
        String separator = "";
        for (ChangeRow row : listing.rows()) {
            json.append(separator).append(entityJson(row));
            separator = ",";
        }
        json.append("]");
        String next = listing.next();
        if (next != null) json.append(",\"next\":").append(ResultJson.object().textNode(next));
        ctx.contentType("application/json").result(json.append("}").toString());
    }

    private static @Nullable Query query(Context ctx) {
        String text = Params.text(ctx, "query");
        if (text == null) return null;
        try {
            return Query.parse(text);
        } catch (QueryError e) {
            throw Problem.invalid("query", "at position " + e.position() + ": " + e.getMessage());
        }
    }

    /** An entity as {@code export} writes it; the payload is the stored text. */
    private static String entityJson(ChangeRow row) {
        byte[] payload = row.payloadBytes();
        ObjectNode json = ResultJson.object()
                .put("seq", row.seq().value())
                .put("version", row.version())
                .put("entity", row.entity())
                .put("entity_key", row.key());
        String head = json.toString();
        return head.substring(0, head.length() - 1)
                + ",\"payload\":" + new String(payload == null ? new byte[0] : payload, StandardCharsets.UTF_8)
                + ",\"hash\":\"" + row.hashHex() + "\"}";
    }

    private ProjectInfo known(String project) {
        return services.projects()
                .find(project)
                .orElseThrow(() -> Problem.of(404, "project_not_found", "there is no project " + project));
    }

    private static ProjectInfo done(ControlView.Answer answer) {
        if (answer instanceof ControlView.Answer.Done done) return done.project();
        if (answer instanceof ControlView.Answer.Refused refused)
            throw Problem.of(refused.code().equals("policy_invalid") ? 400 : 409, refused.code(), refused.detail());
        throw new IllegalStateException("an answer is done or refused");
    }

    private static void checkObject(String body) {
        try {
            JsonNode json = ResultJson.MAPPER.readTree(body);
            if (json == null || !json.isObject()) throw Problem.invalid("", "must be an object");
        } catch (JsonProcessingException e) {
            throw Problem.of(400, "malformed_json", "not JSON: " + e.getOriginalMessage());
        }
    }

    private static ObjectNode summary(ProjectInfo info, Head head) {
        ObjectNode json = ResultJson.object().put("project", info.name()).put("state", info.state());
        json.set("head", ResultJson.headWithDigest(head));
        json.put("horizon", head.horizon().value());
        ObjectNode policies = json.putObject("policies").put("paused", info.paused());
        policies.set("filterable", info.filterable());
        return json;
    }
}
