package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.Query;
import dev.tidemark.algebra.QueryError;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Names;
import dev.tidemark.topology.query.ProjectReader;
import dev.tidemark.topology.store.ChangeRow;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entities as they are now: some by key, or a type page by page. */
final class EntityRoutes {
    static final Set<String> PARAMETERS = Set.of("key", "after", "limit", "query");

    private static final int LIMIT_DEFAULT = 500;
    private static final int LIMIT_MAX = 1_000;
    private static final int KEYS_MAX = 1_000;
    /** Of one answer; it ends behind the entity that reaches it. */
    private static final int BYTES_MAX = 8 << 20;
    /** Read at a time, so that large entities do not pile up before they are counted. */
    private static final int CHUNK_ROWS = 50;

    private final Services services;

    EntityRoutes(Services services) {
        this.services = services;
    }

    void entities(Context ctx) {
        String project = Params.project(ctx);
        String entity = Params.name(ctx, "entity");
        List<String> keys = ctx.queryParams("key");
        if (keys.isEmpty()) listing(ctx, project, entity);
        else byKey(ctx, project, entity, keys);
    }

    private void byKey(Context ctx, String project, String entity, List<String> keys) {
        for (String other : Set.of("after", "limit", "query"))
            if (Params.text(ctx, other) != null) throw Problem.invalid(other, "does not go with key");
        if (keys.size() > KEYS_MAX) throw Problem.invalid("key", "at most " + KEYS_MAX + " keys at a time");
        for (String key : keys) checkKey("key", key);
        Body body = new Body();
        for (String key : keys) {
            services.reader()
                    .entity(new EntityId(project, entity, key))
                    .filter(ChangeRow::isLive)
                    .ifPresent(body::add);
            if (body.size() > BYTES_MAX)
                throw Problem.of(
                        413,
                        "too_large",
                        "the entities asked for have more than " + BYTES_MAX + " bytes; ask for fewer");
        }
        if (body.isEmpty() && keys.size() == 1)
            throw Problem.of(404, "entity_not_found", "there is no such entity, or it was deleted");
        Answers.bytes(ctx, Answers.JSON, body.end(null));
    }

    private void listing(Context ctx, String project, String entity) {
        String next = Params.text(ctx, "after");
        if (next != null) checkKey("after", next);
        int left = (int) Params.number(ctx, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        Query query = query(ctx);
        Body body = new Body();
        do {
            ProjectReader.Listing listing =
                    services.reader().entities(project, entity, next, Math.min(left, CHUNK_ROWS), query);
            listing.rows().forEach(body::add);
            next = listing.next();
            left -= listing.rows().size();
            if (listing.rows().isEmpty()) break;
        } while (next != null && left > 0 && body.size() < BYTES_MAX);
        Answers.bytes(ctx, Answers.JSON, body.end(next));
    }

    private static void checkKey(String parameter, String key) {
        if (!Names.isKey(key)) throw Problem.invalid(parameter, "must be 1 to 1,024 bytes of valid Unicode");
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

    /** The answer, spliced from the rows' own bytes; each entity as {@code export} writes it. */
    private static final class Body {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(4 << 10);
        private boolean empty = true;

        Body() {
            write("{\"entities\":[");
        }

        void add(ChangeRow row) {
            if (!empty) out.write(',');
            empty = false;
            write("{\"seq\":" + row.seq().value() + ",\"version\":" + row.version());
            write(",\"entity\":" + CanonicalJson.quote(row.entity()));
            write(",\"entity_key\":" + CanonicalJson.quote(row.key()) + ",\"payload\":");
            out.write(
                    row.json(),
                    row.payload().start(),
                    row.payload().end() - row.payload().start());
            write(",\"hash\":\"" + row.hashHex() + "\"}");
        }

        boolean isEmpty() {
            return empty;
        }

        int size() {
            return out.size();
        }

        byte[] end(@Nullable String next) {
            write(next == null ? "]}" : "],\"next\":" + CanonicalJson.quote(next) + "}");
            return out.toByteArray();
        }

        private void write(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
