package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A push whose batches are on their way through both topologies. */
final class PendingPush {
    private final PushRequest request;
    private final int parts;
    private final PushReply reply;
    private final Map<Integer, List<MappedOrigin>> answered = new TreeMap<>();
    private @Nullable Refusal refusal;

    PendingPush(PushRequest request, int parts, PushReply reply) {
        this.request = request;
        this.parts = parts;
        this.reply = reply;
    }

    PushRequest request() {
        return request;
    }

    PushReply reply() {
        return reply;
    }

    /** Null: none of its parts was refused. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** @return whether all parts are answered now */
    boolean take(int part, BatchOutcome outcome, List<MappedOrigin> mapped) {
        if (outcome.refusal() != null) refusal = outcome.refusal();
        answered.put(part, mapped);
        return answered.size() == parts;
    }

    List<MappedOrigin> results() {
        List<MappedOrigin> results = new ArrayList<>();
        answered.values().forEach(results::addAll);
        return results;
    }
}
