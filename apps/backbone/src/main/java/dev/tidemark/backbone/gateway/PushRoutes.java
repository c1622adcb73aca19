package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.backbone.push.BatchCutter;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topology.BatchAnswer;
import dev.tidemark.topology.query.ChangeReader;
import dev.tidemark.topology.query.MappingReader;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/projects/{project}/mutations}. */
final class PushRoutes {
    private static final String TRACEPARENT = "traceparent";

    private final Services services;
    private final PushStream stream;

    PushRoutes(Services services) {
        this.services = services;
        this.stream = new PushStream(services);
    }

    void push(Context ctx) {
        String project = Params.project(ctx);
        Writable.check(services.projects(), project);
        String contentType = String.valueOf(ctx.contentType());
        if (contentType.startsWith("application/x-ndjson")) {
            stream.push(ctx, project);
            return;
        }
        PushRequest request = PushRequest.parse(project, Params.body(ctx, services.bodyBytesMax()));
        Cursor cursor = request.cursor() == null ? null : ChangeReader.decode(request.cursor());
        if (cursor != null) services.changes().check(project, cursor, List.of());
        List<Pushes.InFlight> batches = send(request, ctx.header(TRACEPARENT));
        if ("received".equals(ctx.queryParam("ack"))) ctx.future(() -> received(ctx, batches));
        else ctx.future(() -> committed(ctx, request, cursor, batches));
    }

    private List<Pushes.InFlight> send(PushRequest request, @Nullable String traceparent) {
        BatchCutter cutter = new BatchCutter(services.batchBytesMax());
        Long follows = request.follows();
        if (follows != null) cutter.follows(request.replica(), follows);
        List<MutationBatch> batches = new ArrayList<>();
        for (Mutation mutation : request.mutations()) add(batches, next(cutter, request, mutation));
        add(batches, cutter.end());
        List<Pushes.InFlight> sent = new ArrayList<>();
        for (MutationBatch batch : batches)
            sent.add(services.pushes()
                    .send(
                            new MutationBatch(
                                    batch.replica(), request.ackedThrough(), batch.follows(), batch.mutations()),
                            traceparent));
        return sent;
    }

    private static @Nullable MutationBatch next(BatchCutter cutter, PushRequest request, Mutation mutation) {
        try {
            return cutter.add(request.replica(), mutation);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/follows", String.valueOf(e.getMessage()));
        }
    }

    private static void add(List<MutationBatch> batches, @Nullable MutationBatch batch) {
        if (batch != null) batches.add(batch);
    }

    private static CompletableFuture<Void> received(Context ctx, List<Pushes.InFlight> batches) {
        CompletableFuture<?>[] all =
                batches.stream().map(Pushes.InFlight::received).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenRun(() -> {
            ObjectNode answer = ResultJson.object().put("received", true);
            ctx.status(202).contentType("application/json").result(answer.toString());
        });
    }

    private CompletableFuture<Void> committed(
            Context ctx, PushRequest request, @Nullable Cursor cursor, List<Pushes.InFlight> batches) {
        CompletableFuture<?>[] all =
                batches.stream().map(Pushes.InFlight::answered).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenRun(() -> {
            List<BatchAnswer> answers =
                    batches.stream().map(batch -> batch.answered().join()).toList();
            ctx.contentType("application/json")
                    .result(answer(request, cursor, answers).toString());
        });
    }

    private ObjectNode answer(PushRequest request, @Nullable Cursor cursor, List<BatchAnswer> answers) {
        ObjectNode json = ResultJson.object();
        ArrayNode results = json.putArray("results");
        for (BatchAnswer answer : answers) {
            Refused.check(answer);
            for (MappedOrigin mapped : answer.outcomes()) results.add(ResultJson.result(mapped));
        }
        if (cursor != null) {
            MappingReader mapping = services.mapping();
            UnifiedCursor.Advance advance = mapping.advance(
                    cursor, request.replica().replica(), request.replica().incarnation());
            if (!advance.isEmpty()) json.set("advance", ResultJson.advance(advance));
        }
        Head head = answers.get(answers.size() - 1).head();
        json.set("head", ResultJson.head(head));
        return json;
    }
}
