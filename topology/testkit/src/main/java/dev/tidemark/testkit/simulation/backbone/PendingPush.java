package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.model.BatchOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A push whose batches are on their way through both topologies. */
final class PendingPush {
    private final PushRequest request;
    private final int parts;
    private final PushReply reply;
    private final Map<Integer, List<MappedOrigin>> answered = new TreeMap<>();
    private boolean refused;

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

    boolean isRefused() {
        return refused;
    }

    /** @return whether all parts are answered now */
    boolean take(int part, BatchOutcome outcome, List<MappedOrigin> mapped) {
        refused |= outcome.refusal() != null;
        answered.put(part, mapped);
        return answered.size() == parts;
    }

    List<MappedOrigin> results() {
        List<MappedOrigin> results = new ArrayList<>();
        answered.values().forEach(results::addAll);
        return results;
    }
}
