package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.algebra.Targets;
import dev.tidemark.backbone.push.TargetEvents;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import dev.tidemark.topology.query.ChangeReader;
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
        Params.only(ctx, Set.of("after", "limit"));
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
        Target target = services.reader()
                .target(project, Params.name(ctx, "target"))
                .orElseThrow(() -> Problem.of(404, "target_not_found", "there is no such target"));
        Answers.json(ctx, json(target, services.reader().headOrEmpty(project)));
    }

    void put(Context ctx) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        Body body = Body.parse(Params.body(ctx, services.bodyBytesMax()), Set.of("kind", "incarnation", "filter"));
        TargetKind kind = kind(body.kind == null ? "reader" : body.kind);
        boolean isNew = services.reader().target(project, name).isEmpty();
        ctx.future(() -> services.targetEvents()
                .create(project, name, kind, body.incarnation, body.filter)
                .thenAccept(decision -> ctx.status(isNew ? 201 : 200).result(stored(project, decision))));
        ctx.contentType("application/json");
    }

    void delete(Context ctx) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        ctx.future(() -> services.targetEvents().delete(project, name).thenAccept(decision -> {
            if (decision instanceof Targets.Decision.Refused refused) throw problem(refused);
            ctx.status(204);
        }));
    }

    void ack(Context ctx) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        Body body = Body.parse(
                Params.body(ctx, services.bodyBytesMax()), Set.of("cursor", "from", "generation", "incarnation"));
        String token = body.cursor;
        if (token == null) throw Problem.invalid("/cursor", "is missing");
        checkServed(project, ChangeReader.decode(token));
        if (body.from != null) ChangeReader.decode(body.from);
        TargetEvents.Ack ack = new TargetEvents.Ack(token, body.incarnation, body.from, body.generation);
        answer(ctx, project, services.targetEvents().ack(project, name, ack));
    }

    void reset(Context ctx) {
        String project = Params.project(ctx);
        String name = Params.name(ctx, "target");
        Body body = Body.parse(Params.body(ctx, services.bodyBytesMax()), Set.of("cursor"));
        String wish = body.cursor;
        if (wish == null) throw Problem.invalid("/cursor", "is missing; a cursor, earliest, or head");
        if (!wish.equals("earliest") && !wish.equals("head")) checkServed(project, ChangeReader.decode(wish));
        answer(ctx, project, services.targetEvents().reset(project, name, wish));
    }

    private void answer(Context ctx, String project, CompletableFuture<Targets.Decision> decision) {
        ctx.contentType("application/json");
        ctx.future(() -> decision.thenAccept(decided -> ctx.result(stored(project, decided))));
    }

    /** A cursor is checked with the filter it says it was cut with; the target's own is compared where it is stored. */
    private void checkServed(String project, Cursor cursor) {
        Head head = services.reader().headOrEmpty(project);
        if (!cursor.project().equals(project))
            throw Problem.of(400, "cursor_invalid", "the cursor is of another project");
        if (!cursor.epoch().equals(head.epoch()))
            throw Problem.of(
                    410, "cursor_expired", "the cursor is of another epoch of the log; read in full (full=true)");
        if (cursor.seq().isAfter(head.seq()) && cursor.filterHash() == 0)
            services.changes().check(project, cursor, List.of());
        if (cursor.seq().isAfter(head.seq()))
            throw Problem.of(409, "cursor_ahead", "the cursor is beyond the end of the log");
    }

    private String stored(String project, Targets.Decision decision) {
        if (decision instanceof Targets.Decision.Refused refused) throw problem(refused);
        if (decision instanceof Targets.Decision.Stored stored)
            return json(stored.target(), services.reader().headOrEmpty(project)).toString();
        throw Problem.of(409, "target_changed", "the target was deleted at the same time");
    }

    private static Problem problem(Targets.Decision.Refused refused) {
        int status =
                switch (refused.code()) {
                    case "target_not_found" -> 404;
                    case "cursor_expired" -> 410;
                    case "cursor_invalid" -> 400;
                    default -> 409;
                };
        return Problem.of(status, refused.code(), refused.detail());
    }

    private static TargetKind kind(String code) {
        try {
            return TargetKind.ofCode(code);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/kind", "must be replica, destination or reader");
        }
    }

    ObjectNode json(Target target, Head head) {
        Cursor unified = target.unified();
        long lag = Math.max(0, head.ordinal().value() - unified.ordinal().value());
        ObjectNode json = ResultJson.object()
                .put("target", target.name())
                .put("kind", target.kind().code())
                .put("incarnation", target.incarnation())
                .put("generation", target.generation());
        ArrayNode filter = json.putArray("filter");
        target.filter().forEach(filter::add);
        Cursor acked = target.acked();
        json.put("acked", acked == null ? null : CursorToken.encode(acked))
                .put("unified_cursor", CursorToken.encode(unified))
                .put("unified_seq", unified.seq().value())
                .put("lag", lag);
        Long freshnessMs = freshnessMs(target, head, lag);
        if (freshnessMs == null) json.putNull("freshness_ms");
        else json.put("freshness_ms", freshnessMs);
        json.put("state", state(target, head, lag));
        json.put(
                "last_ack_at",
                target.lastAckMs() == 0
                        ? null
                        : Instant.ofEpochMilli(target.lastAckMs()).toString());
        json.put("created_at", Instant.ofEpochMilli(target.createdMs()).toString());
        return json;
    }

    /** Age of the oldest record the target has not seen; null: not known, which is neither fresh nor stale. */
    private @Nullable Long freshnessMs(Target target, Head head, long lag) {
        if (lag == 0) return 0L;
        if (!target.unified().epoch().equals(head.epoch())) return null;
        return services.mapping()
                .committedMs(target.project(), target.unified().ordinal().next())
                .map(committedMs -> Math.max(0, clock.millis() - committedMs))
                .orElse(null);
    }

    private static String state(Target target, Head head, long lag) {
        Cursor unified = target.unified();
        boolean begun = !unified.seq().isNone();
        if (!unified.epoch().equals(head.epoch())) return "expired";
        if (begun && PageRules.isBelowHorizon(unified, head.horizon())) return "expired";
        if (lag == 0) return "current";
        return begun ? "behind" : "new";
    }

    /** Bodies of this resource. */
    private static final class Body {
        private @Nullable String kind;
        private @Nullable String incarnation;
        private @Nullable String cursor;
        private @Nullable String from;
        private @Nullable Long generation;
        private final List<String> filter = new ArrayList<>();

        static Body parse(String text, Set<String> known) {
            Body body = new Body();
            if (text.isBlank()) return body;
            try (JsonText json = new JsonText(text)) {
                json.wholeObject((name, at) -> {
                    if (!known.contains(name)) throw Problem.invalid(at, "unknown member; there are " + known);
                    body.member(json, name, at);
                });
            }
            return body;
        }

        private void member(JsonText json, String name, String at) {
            if (json.isNull()) return;
            switch (name) {
                case "kind" -> kind = json.string(at);
                case "incarnation" -> incarnation = PushRequest.Valid.name(at, json.string(at));
                case "cursor" -> cursor = json.string(at);
                case "from" -> from = json.string(at);
                case "generation" -> generation = json.wholeNumber(at);
                default -> json.array(at, each -> filter.add(PushRequest.Valid.name(each, json.string(each))));
            }
        }
    }
}
