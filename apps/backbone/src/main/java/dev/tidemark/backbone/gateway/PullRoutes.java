package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Target;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/projects/{project}/changes}: pages, long-poll, NDJSON and server-sent events. */
final class PullRoutes {
    static final Set<String> PARAMETERS =
            Set.of("cursor", "target", "incarnation", "full", "limit", "wait", "entity", AtLeast.PARAMETER);

    private static final int LIMIT_DEFAULT = 500;
    private static final int LIMIT_MAX = 10_000;
    private static final long PAGE_BYTES_MAX = 8L << 20;
    private static final int WAIT_MAX_SECONDS = 60;

    private final Services services;
    private final PageStreams streams;

    PullRoutes(Services services) {
        this.services = services;
        this.streams = new PageStreams(services);
    }

    void pull(Context ctx) {
        String mediaType = mediaType(ctx);
        Asked asked = Asked.of(ctx);
        ctx.future(() -> AtLeast.served(services, asked.project, Params.text(ctx, AtLeast.PARAMETER))
                .thenCompose(served -> wish(asked))
                .thenCompose(wish -> answer(ctx, mediaType, wish)));
    }

    int openStreams() {
        return streams.open();
    }

    private CompletableFuture<Void> answer(Context ctx, String mediaType, Wish wish) {
        for (PageStreams.Framing framing : PageStreams.Framing.values())
            if (framing.mediaType().equals(mediaType)) return streams.start(ctx, wish, framing);
        return LongPoll.page(services, wish, PAGE_BYTES_MAX)
                .thenAccept(page -> Answers.bytes(ctx, Answers.JSON, wish.json(page)));
    }

    private static String mediaType(Context ctx) {
        if (ctx.method() == HandlerType.HEAD) return Answers.JSON;
        List<String> offered =
                List.of(Answers.JSON, PageStreams.Framing.EVENTS.mediaType(), PageStreams.Framing.LINES.mediaType());
        String best = Accept.best(ctx.header("Accept"), offered);
        if (best == null) throw Problem.of(406, "not_acceptable", "changes come as one of " + offered);
        return best;
    }

    /** A request as it came, checked. */
    private record Asked(
            String project,
            @Nullable Cursor cursor,
            @Nullable String target,
            @Nullable String incarnation,
            boolean full,
            List<String> entities,
            int limit,
            Duration patience) {
        static Asked of(Context ctx) {
            String token = token(ctx);
            String target = Params.text(ctx, "target");
            if (target != null) PushRequest.Valid.name("target", target);
            String incarnation = Params.text(ctx, "incarnation");
            if (incarnation != null) PushRequest.Valid.name("incarnation", incarnation);
            if (incarnation != null && target == null) throw Problem.invalid("incarnation", "goes with target only");
            return new Asked(
                    Params.project(ctx),
                    token == null ? null : Params.cursor(token),
                    target,
                    incarnation,
                    Params.flag(ctx, "full"),
                    entities(ctx),
                    (int) Params.number(ctx, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
                    Duration.ofSeconds(Params.number(ctx, "wait", 0, 0, WAIT_MAX_SECONDS)));
        }

        /** A browser that connects again sends the URL it began with, and where it is in a header: the header counts. */
        private static @Nullable String token(Context ctx) {
            String lastEventId = ctx.header("Last-Event-ID");
            String cursor = Params.text(ctx, "cursor");
            return lastEventId != null && !lastEventId.isEmpty() ? lastEventId : cursor;
        }

        private static List<String> entities(Context ctx) {
            TreeSet<String> entities = new TreeSet<>(ctx.queryParams("entity"));
            for (String entity : entities) PushRequest.Valid.name("entity", entity);
            return List.copyOf(entities);
        }

        Wish from(Cursor begin, List<String> shown) {
            return new Wish(project, begin, shown, limit, patience);
        }
    }

    /** A cursor beats a target, which beats the beginning; a target is made by its first pull, whatever it begins at. */
    private CompletableFuture<Wish> wish(Asked asked) {
        if (asked.target == null)
            return CompletableFuture.completedFuture(asked.from(begin(asked, asked.entities), asked.entities));
        return ofTarget(asked, asked.target).thenApply(target -> {
            boolean isStored = asked.cursor == null && !asked.full;
            return asked.from(isStored ? target.unified() : begin(asked, target.filter()), target.filter());
        });
    }

    private Cursor begin(Asked asked, List<String> entities) {
        return asked.cursor != null ? asked.cursor : services.changes().beginning(asked.project, entities);
    }

    private CompletableFuture<Target> ofTarget(Asked asked, String name) {
        Target known = services.reader().target(asked.project, name).orElse(null);
        if (known != null && isSameCopy(asked, known)) return CompletableFuture.completedFuture(known);
        return services.targetEvents()
                .ensure(asked.project, name, asked.incarnation, asked.entities)
                .thenApply(decision -> {
                    if (decision instanceof Targets.Decision.Stored stored) return stored.target();
                    throw Problem.of(409, "target_changed", "the target was changed at the same time; try again");
                });
    }

    private static boolean isSameCopy(Asked asked, Target known) {
        boolean sameIncarnation = asked.incarnation == null || asked.incarnation.equals(known.incarnation());
        boolean sameFilter = asked.entities.isEmpty()
                || CursorToken.filterHash(asked.entities) == CursorToken.filterHash(known.filter());
        return sameIncarnation && sameFilter;
    }
}
