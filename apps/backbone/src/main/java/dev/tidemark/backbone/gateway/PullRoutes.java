package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Target;
import dev.tidemark.topology.query.ChangeReader;
import dev.tidemark.topology.store.ChangeRow;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/projects/{project}/changes}: pages, long-poll, NDJSON and server-sent events. */
final class PullRoutes {
    static final int LIMIT_DEFAULT = 500;
    static final int LIMIT_MAX = 10_000;
    static final long PAGE_BYTES_MAX = 8L << 20;
    private static final int WAIT_MAX_SECONDS = 60;
    /** Rows looked at for one row shown, where an entity filter hides the others. */
    private static final int SCANNED_PER_ROW = 50;

    private static final Set<String> PARAMETERS =
            Set.of("cursor", "target", "incarnation", "full", "limit", "wait", "entity", "at_least");

    private final Services services;
    private final EventStreams events;

    PullRoutes(Services services) {
        this.services = services;
        this.events = new EventStreams(services);
    }

    /** What a reader asked for. */
    record Wish(String project, Cursor cursor, List<String> entities, int limit, Duration patience) {
        PageRules.Limits limits() {
            return new PageRules.Limits(
                    limit, entities.isEmpty() ? limit + 1 : limit * SCANNED_PER_ROW, PAGE_BYTES_MAX);
        }

        Wish at(Cursor next) {
            return new Wish(project, next, entities, limit, patience);
        }
    }

    void pull(Context ctx) {
        Params.only(ctx, PARAMETERS);
        String accept = String.valueOf(ctx.header("Accept"));
        boolean streams = accept.contains("text/event-stream");
        CompletableFuture<Wish> wish = wish(ctx);
        if (streams) ctx.future(() -> wish.thenAccept(wanted -> events.stream(ctx, wanted)));
        else if (accept.contains("application/x-ndjson"))
            ctx.future(() -> wish.thenAccept(wanted -> pages(ctx, wanted)));
        else ctx.future(() -> wish.thenCompose(wanted -> page(ctx, wanted)));
    }

    PageRules.Page<ChangeRow> read(Wish wish) {
        return services.changes().page(wish.project(), wish.cursor(), wish.entities(), wish.limits());
    }

    private CompletableFuture<Void> page(Context ctx, Wish wish) {
        CompletableFuture<Void> next = services.signals().next(wish.project(), wish.patience());
        PageRules.Page<ChangeRow> page = read(wish);
        if (!page.rows().isEmpty() || page.hasMore() || wish.patience().isZero()) {
            next.complete(null);
            write(ctx, page, wish);
            return CompletableFuture.completedFuture(null);
        }
        return next.thenRun(() -> write(ctx, read(wish), wish));
    }

    private static void write(Context ctx, PageRules.Page<ChangeRow> page, Wish wish) {
        ctx.contentType("application/json")
                .result(PageBytes.of(page, !wish.entities().isEmpty()));
    }

    /** One page a line, until there are no more. */
    private void pages(Context ctx, Wish first) {
        ctx.contentType("application/x-ndjson");
        OutputStream out = ctx.outputStream();
        Wish wish = first;
        try {
            while (true) {
                PageRules.Page<ChangeRow> page = read(wish);
                out.write(PageBytes.of(page, !wish.entities().isEmpty()));
                out.write('\n');
                if (!page.hasMore()) break;
                wish = wish.at(page.cursor());
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Wish> wish(Context ctx) {
        String project = Params.project(ctx);
        int limit = (int) Params.number(ctx, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        Duration wait = Duration.ofSeconds(Params.number(ctx, "wait", 0, 0, WAIT_MAX_SECONDS));
        List<String> entities = entities(ctx);
        String token = token(ctx);
        String target = Params.text(ctx, "target");
        waitFor(project, Params.text(ctx, "at_least"));
        boolean full = Params.flag(ctx, "full");
        if (token != null)
            return CompletableFuture.completedFuture(
                    new Wish(project, ChangeReader.decode(token), entities, limit, wait));
        if (target == null || full)
            return CompletableFuture.completedFuture(
                    new Wish(project, services.changes().beginning(project, entities), entities, limit, wait));
        PushRequest.Valid.name("target", target);
        return ofTarget(project, target, Params.text(ctx, "incarnation"), entities)
                .thenApply(found -> new Wish(project, found.unified(), found.filter(), limit, wait));
    }

    private static @Nullable String token(Context ctx) {
        String lastEventId = ctx.header("Last-Event-ID");
        return lastEventId != null && !lastEventId.isEmpty() ? lastEventId : Params.text(ctx, "cursor");
    }

    private static List<String> entities(Context ctx) {
        TreeSet<String> entities = new TreeSet<>(ctx.queryParams("entity"));
        for (String entity : entities) PushRequest.Valid.name("entity", entity);
        return List.copyOf(entities);
    }

    /** The target, made on its first pull. */
    private CompletableFuture<Target> ofTarget(
            String project, String target, @Nullable String incarnation, List<String> entities) {
        Target known = services.reader().target(project, target).orElse(null);
        boolean sameCopy = incarnation == null || (known != null && incarnation.equals(known.incarnation()));
        boolean sameFilter = entities.isEmpty()
                || (known != null && CursorToken.filterHash(entities) == CursorToken.filterHash(known.filter()));
        if (known != null && sameCopy && sameFilter) return CompletableFuture.completedFuture(known);
        return services.targetEvents()
                .ensure(project, target, incarnation, entities)
                .thenApply(decision -> {
                    if (decision instanceof Targets.Decision.Stored stored) return stored.target();
                    throw Problem.of(409, "target_changed", "the target was changed at the same time; try again");
                });
    }

    /** Read-your-writes: the position must be served already. */
    private void waitFor(String project, @Nullable String token) {
        if (token == null) return;
        AtLeast.await(services, project, token);
    }
}
