package dev.tidemark.topology.processor;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Head;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.store.ExpiredRows;
import dev.tidemark.topology.store.MaterializeStores;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Purges tombstones that are older than the horizon and mapping rows that are past their retention, a bounded number at a time.
 * Invariant L9: the horizon is raised, and published, in the commit that purges; and it is raised before the first row goes, so
 * that a reader whose snapshot lacks the row finds the horizon when it looks again.
 */
final class Expiry {
    private final MaterializeEnvironment environment;
    private final ProcessorContext<byte[], byte[]> context;
    private final MaterializeStores stores;
    private final ExpiredRows rows;

    Expiry(MaterializeEnvironment environment, ProcessorContext<byte[], byte[]> context, MaterializeStores stores) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.rows = new ExpiredRows(context, stores);
    }

    /** @param nowMs milliseconds since 1970 */
    void expire(long nowMs) {
        ExpiredRows.Due due = rows.due(nowMs - environment.keeping().horizon().toMillis());
        due.highest().forEach((project, highest) -> raise(project, highest, nowMs));
        rows.purge(due);
        rows.dropSuperseded(nowMs - environment.keeping().mapping().toMillis());
        rows.dropEnded();
    }

    private void raise(String project, CloudSeq highest, long nowMs) {
        Head before = stores.head(project);
        if (before == null || !highest.isAfter(before.horizon())) return;
        stores.putHead(project, before.withHorizon(highest));
        TreeMap<String, String> body = new TreeMap<>(CanonicalJson.NAMES);
        body.put("epoch", CanonicalJson.quote(before.epoch().hex()));
        body.put("seq", Long.toString(highest.value()));
        ControlState state = new ControlState(project, ControlState.HORIZON, "log", null, CanonicalJson.object(body));
        byte[] key = state.key().getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, environment.codec().encodeState(state), nowMs), Names.CONTROL_SINK);
    }
}
