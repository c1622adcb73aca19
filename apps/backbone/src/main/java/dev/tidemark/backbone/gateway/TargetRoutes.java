package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.Targets;
import dev.tidemark.backbone.position.TargetPosition;
import dev.tidemark.backbone.push.TargetEvents;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code /v1/projects/{project}/targets…}: stored cursors. */
final class TargetRoutes {
    private static final int PAGE_MAX = 1_000;

    private final Services services;
    private final Clock clock;

    TargetRoutes(Services services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    void list(Context ctx) {
        String project = Params.project(ctx);
        String after = Params.text(ctx, "after");
        int limit = (int) Params.number(ctx, "limit", PAGE_MAX, 1, PAGE_MAX);
        Head head = services.reader().headOrEmpty(project);
        ObjectNode json = ResultJson.object();
        ArrayNode targets = json.putArray("targets");
        for (Target target : services.reader().targets(project)) {
            if (after != null && target.name().compareTo(after) <= 0) continue;
            if (targets.size() == limit) {
                json.put("next", targets.get(limit - 1).get("target").asText());
                break;
            }
            targets.add(json(target, head));
        }
        Answers.json(ctx, json);
    }

    void show(Context ctx) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        Target target = services.reader()
                .target(project, name)
                .orElseThrow(() -> Problem.of(404, "target_not_found", "there is no target " + name));
        Answers.json(ctx, json(target, services.reader().headOrEmpty(project)));
    }

    void put(Context ctx, String text) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        Body body = Body.parse(text, Set.of("kind", "incarnation", "filter"));
        Target before = services.reader().target(project, name).orElse(null);
        // What is not said stays as it was: saying the same twice must not begin a new generation.
        TargetKind kind = body.kind != null || before == null ? body.kind : before.kind();
        List<String> filter = body.filter != null ? body.filter : before == null ? List.of() : before.filter();
        answer(
                ctx,
                project,
                before == null ? 201 : 200,
                services.targetEvents().create(project, name, kind, body.incarnation, filter));
    }

    void delete(Context ctx, String text) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        ctx.future(() -> services.targetEvents().delete(project, name).thenAccept(decision -> {
            if (decision instanceof Targets.Decision.Refused refused) throw problem(refused);
            ctx.status(204);
        }));
    }

    void ack(Context ctx, String text) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        Body body = Body.parse(text, Set.of("cursor", "from", "generation", "incarnation"));
        String token = body.cursor;
        if (token == null) throw Problem.invalid("/cursor", "is missing");
        checkServed(project, name, Params.cursor(token));
        if (body.from != null) Params.cursor(body.from);
        TargetEvents.Ack ack = new TargetEvents.Ack(token, body.incarnation, body.from, body.generation);
        answer(ctx, project, 200, services.targetEvents().ack(project, name, ack));
    }

    void reset(Context ctx, String text) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        Body body = Body.parse(text, Set.of("cursor"));
        String wish = body.cursor;
        if (wish == null) throw Problem.invalid("/cursor", "is missing; a cursor, earliest, or head");
        if (!wish.equals("earliest") && !wish.equals("head")) checkServed(project, name, Params.cursor(wish));
        answer(ctx, project, 200, services.targetEvents().reset(project, name, wish));
    }

    private void answer(Context ctx, String project, int status, CompletableFuture<Targets.Decision> decision) {
        ctx.future(() -> decision.thenAccept(decided -> {
            ObjectNode json = stored(project, decided);
            ctx.status(status);
            Answers.json(ctx, json);
        }));
    }

    /** That a cursor is not beyond what is served; all else about it is decided where the target is stored. */
    private void checkServed(String project, String target, Cursor cursor) {
        Head head = services.reader().headOrEmpty(project);
        boolean isHere = cursor.project().equals(project) && cursor.epoch().equals(head.epoch());
        if (!isHere || !cursor.seq().isAfter(head.seq())) return;
        List<String> filter =
                services.reader().target(project, target).map(Target::filter).orElse(List.of());
        services.changes().check(project, cursor, filter);
    }

    private ObjectNode stored(String project, Targets.Decision decision) {
        if (decision instanceof Targets.Decision.Refused refused) throw problem(refused);
        if (decision instanceof Targets.Decision.Stored stored)
            return json(stored.target(), services.reader().headOrEmpty(project));
        throw Problem.of(409, "target_changed", "the target was deleted at the same time");
    }

    private static Problem problem(Targets.Decision.Refused refused) {
        int status = switch (refused.code()) {
            case "target_not_found" -> 404;
            case "cursor_expired" -> 410;
            case "cursor_invalid" -> 400;
            default -> 409;
        };
        return Problem.of(status, refused.code(), refused.detail());
    }

    private ObjectNode json(Target target, Head head) {
        TargetPosition position = TargetPosition.of(target, head, services.mapping()::committedMs, clock.millis());
        Cursor acked = target.acked();
        ObjectNode json = ResultJson.object()
                .put("target", target.name())
                .put("kind", target.kind().code())
                .put("incarnation", target.incarnation())
                .put("generation", target.generation());
        ArrayNode filter = json.putArray("filter");
        target.filter().forEach(filter::add);
        return json.put("acked", acked == null ? null : CursorToken.encode(acked))
                .put("unified_cursor", CursorToken.encode(target.unified()))
                .put("unified_seq", target.unified().seq().value())
                .put("lag", position.lagRecords())
                .put("freshness_ms", position.freshnessMs())
                .put("state", position.state())
                .put("last_ack_at", target.lastAckMs() == 0 ? null : time(target.lastAckMs()))
                .put("created_at", time(target.createdMs()));
    }

    private static String time(long epochMs) {
        return Instant.ofEpochMilli(epochMs).toString();
    }

    /** Bodies of this resource. */
    private static final class Body {
        private @Nullable TargetKind kind;
        private @Nullable String incarnation;
        private @Nullable String cursor;
        private @Nullable String from;
        private @Nullable Long generation;
        private @Nullable List<String> filter;

        static Body parse(String text, Set<String> known) {
            Body body = new Body();
            if (text.isBlank()) return body;
            try (JsonText json = new JsonText(text)) {
                json.wholeObject((name, at) -> {
                    if (!known.contains(name)) throw Problem.invalid(at, "is no member here; there are " + known);
                    body.member(json, name, at);
                });
            }
            return body;
        }

        private void member(JsonText json, String name, String at) {
            if (json.isNull()) return;
            switch (name) {
                case "kind" -> kind = kind(at, json.string(at));
                case "incarnation" -> incarnation = PushRequest.Valid.name(at, json.string(at));
                case "cursor" -> cursor = json.string(at);
                case "from" -> from = json.string(at);
                case "generation" -> generation = json.wholeNumber(at);
                default -> filter = filter(json, at);
            }
        }

        private static List<String> filter(JsonText json, String at) {
            List<String> types = new ArrayList<>();
            json.array(at, each -> types.add(PushRequest.Valid.name(each, json.string(each))));
            return types;
        }

        private static TargetKind kind(String at, String code) {
            try {
                return TargetKind.ofCode(code);
            } catch (IllegalArgumentException e) {
                throw Problem.invalid(at, "must be replica, destination or reader");
            }
        }
    }
}
