package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.backbone.push.BatchCutter;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Target;
import dev.tidemark.topology.BatchAnswer;
import dev.tidemark.topology.query.CursorUnusable;
import dev.tidemark.topology.query.NotServed;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/projects/{project}/mutations}. */
final class PushRoutes {
    static final Set<String> PARAMETERS = Set.of("ack");

    private static final byte[] RECEIVED = "{\"received\":true}".getBytes(StandardCharsets.UTF_8);

    private final Services services;
    private final PushStream stream;

    PushRoutes(Services services) {
        this.services = services;
        this.stream = new PushStream(services);
    }

    /** What an answer waits for. */
    enum Ack {
        /** The outcomes. */
        COMMITTED,
        /** The broker has it. */
        RECEIVED;

        static Ack of(Context ctx) {
            String text = Params.text(ctx, "ack");
            if (text == null || text.equals("committed")) return COMMITTED;
            if (text.equals("received")) return RECEIVED;
            throw Problem.invalid("ack", "must be committed or received");
        }
    }

    void push(Context ctx) {
        String project = Params.project(ctx);
        Ack ack = Ack.of(ctx);
        Writable.check(services, project);
        if (LoopbackRules.mediaType(ctx.contentType()).equals(Answers.NDJSON)) stream.push(ctx, project, ack);
        else
            push(
                    ctx,
                    PushRequest.parse(
                            project, RequestBody.text(ctx, services.limits().bodyBytesMax())),
                    ack);
    }

    private void push(Context ctx, PushRequest request, Ack ack) {
        Cursor cursor = request.cursor() == null ? null : Params.cursor(request.cursor());
        if (cursor != null && !cursor.project().equals(request.replica().project()))
            throw Problem.of(400, "cursor_invalid", "the cursor is of another project");
        List<Pushes.InFlight> sent = send(cut(request), Traceparent.of(ctx));
        ctx.future(() -> ack == Ack.RECEIVED
                ? all(sent, Pushes.InFlight::received).thenAccept(done -> {
                    ctx.status(202);
                    Answers.bytes(ctx, Answers.JSON, RECEIVED);
                })
                : all(sent, Pushes.InFlight::answered)
                        .thenAccept(answers -> Answers.text(ctx, Answers.JSON, json(request, cursor, answers))));
    }

    private List<MutationBatch> cut(PushRequest request) {
        BatchCutter cutter = new BatchCutter(services.limits().batchBytesMax());
        Long follows = request.follows();
        if (follows != null) cutter.follows(request.replica(), follows);
        List<MutationBatch> batches = new ArrayList<>();
        for (Mutation mutation : request.mutations()) add(batches, next(cutter, request, mutation), request);
        add(batches, cutter.end(), request);
        return batches;
    }

    private static @Nullable MutationBatch next(BatchCutter cutter, PushRequest request, Mutation mutation) {
        try {
            return cutter.add(request.replica(), mutation);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/follows", "must be below the first local_seq: " + e.getMessage());
        }
    }

    private static void add(List<MutationBatch> batches, @Nullable MutationBatch batch, PushRequest request) {
        if (batch == null) return;
        batches.add(new MutationBatch(batch.replica(), request.ackedThrough(), batch.follows(), batch.mutations()));
    }

    private List<Pushes.InFlight> send(List<MutationBatch> batches, @Nullable String traceparent) {
        List<Pushes.InFlight> sent = new ArrayList<>(batches.size());
        for (MutationBatch batch : batches) sent.add(services.pushes().send(batch, traceparent));
        return sent;
    }

    private static <T> CompletableFuture<List<T>> all(
            List<Pushes.InFlight> sent, Function<Pushes.InFlight, CompletableFuture<T>> part) {
        List<CompletableFuture<T>> parts = sent.stream().map(part).toList();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> parts.stream().map(CompletableFuture::join).toList());
    }

    private String json(PushRequest request, @Nullable Cursor cursor, List<BatchAnswer> answers) {
        List<MappedOrigin> outcomes = new ArrayList<>();
        for (BatchAnswer answer : answers) {
            Refused.check(answer);
            outcomes.addAll(answer.outcomes());
        }
        StringBuilder json = new StringBuilder("{\"results\":").append(ResultText.array(outcomes));
        if (cursor != null)
            advance(request, cursor)
                    .ifPresent(advance -> json.append(",\"advance\":").append(ResultJson.advance(advance)));
        json.append(",\"head\":")
                .append(ResultJson.head(answers.get(answers.size() - 1).head()));
        return json.append('}').toString();
    }

    /** What follows from the replica's own cursor by rule B; a cursor that cannot be honoured now is no reason to refuse a push. */
    private Optional<UnifiedCursor.Advance> advance(PushRequest request, Cursor cursor) {
        String project = request.replica().project();
        String replica = request.replica().replica();
        try {
            List<String> filter = services.reader()
                    .target(project, replica)
                    .map(Target::filter)
                    .orElse(List.of());
            services.changes().check(project, cursor, cursor.filterHash() == 0 ? List.of() : filter);
            return Optional.of(services.mapping()
                            .advance(cursor, replica, request.replica().incarnation()))
                    .filter(advance -> !advance.isEmpty());
        } catch (CursorUnusable | NotServed e) {
            return Optional.empty();
        }
    }
}
