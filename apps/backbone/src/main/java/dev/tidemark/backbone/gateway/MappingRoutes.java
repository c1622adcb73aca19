package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Origin;
import dev.tidemark.model.ReplicaId;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/** Local seqs to cloud seqs and back. */
final class MappingRoutes {
    static final Set<String> PARAMETERS = Set.of("from", "to", "incarnation", "limit");
    /** Header with the local seq that the next page begins at. */
    static final String NEXT = "Tidemark-Next";

    private static final int LIMIT_DEFAULT = 1_000;
    private static final int LIMIT_MAX = 10_000;

    private final Services services;

    MappingRoutes(Services services) {
        this.services = services;
    }

    void seqs(Context ctx) {
        String project = Params.project(ctx);
        String replica = Params.name(ctx, "replica");
        long from = Params.number(ctx, "from", 0, 0, Long.MAX_VALUE);
        long to = Params.number(ctx, "to", Long.MAX_VALUE, from, Long.MAX_VALUE);
        int limit = (int) Params.number(ctx, "limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        String named = Params.text(ctx, "incarnation");
        String incarnation = named != null
                ? PushRequest.Valid.name("incarnation", named)
                : services.reader().lastIncarnation(project, replica).orElse(PushRequest.INCARNATION_DEFAULT);
        Epoch epoch = services.reader().headOrEmpty(project).epoch();
        List<MappedOrigin> origins =
                services.mapping().origins(new ReplicaId(project, replica, incarnation), epoch, from, to, limit);
        if (origins.size() == limit) {
            long last = origins.get(limit - 1).localSeq();
            if (last < to) ctx.header(NEXT, Long.toString(last + 1));
        }
        Answers.text(ctx, Answers.JSON, ResultText.array(origins).toString());
    }

    void record(Context ctx) {
        String project = Params.project(ctx);
        CloudSeq seq = new CloudSeq(seq(ctx));
        LoggedRecord record = services.mapping()
                .record(project, seq)
                .orElseThrow(() -> Problem.of(
                        404, "seq_not_found", "no record of the project has that seq, or it is past its retention"));
        ObjectNode json = ResultJson.object()
                .put("seq", record.seq().value())
                .put("ordinal", record.ordinal().value())
                .put("path", EntityPath.of(record.id()))
                .put("entity", record.id().entity())
                .put("entity_key", record.id().key())
                .put("op", record.op().code());
        ArrayNode origins = json.putArray("origins");
        for (Origin origin : record.origins())
            origins.addObject()
                    .put("replica", origin.replica())
                    .put("incarnation", origin.incarnation())
                    .put("local_seq", origin.localSeq());
        Answers.json(ctx, json);
    }

    private static long seq(Context ctx) {
        try {
            long seq = Long.parseLong(ctx.pathParam("seq"));
            if (seq >= 0) return seq;
        } catch (NumberFormatException e) {
            // said below
        }
        throw Problem.invalid("seq", "must be a whole number from 0");
    }
}
