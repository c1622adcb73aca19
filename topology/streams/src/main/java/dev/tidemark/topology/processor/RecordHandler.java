package dev.tidemark.topology.processor;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topic.Headers;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.fence.StateMismatch;
import dev.tidemark.topology.store.MaterializeStores;
import dev.tidemark.topology.store.PathRow;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Step 4 of the main path: reads the committed log back, so that every record's seq is known. Verifies what Admit says of each
 * (ordinals have no hole, digests add up), then takes it into the change index and the mapping. A record that does not fit
 * stops the task: skipping it would be silent loss.
 */
final class RecordHandler {
    private final MaterializeEnvironment environment;

    private final ProcessorContext<byte[], byte[]> context;
    private final MaterializeStores stores;
    private final Answers answers;

    RecordHandler(
            MaterializeEnvironment environment,
            ProcessorContext<byte[], byte[]> context,
            MaterializeStores stores,
            Answers answers) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.answers = answers;
    }

    void handle(Record<byte[], byte[]> record) {
        CloudSeq seq = new CloudSeq(context.recordMetadata().orElseThrow().offset());
        EntityChange change = decode(record);
        Head before = stores.head(change.id().project());
        if (before != null && !before.epoch().equals(change.meta().epoch()))
            before = answers.enterEpoch(change.id().project(), change.meta().epoch());
        String path = EntityPath.of(change.id());
        PathRow stood = stores.path(path);
        if (before == null) before = Head.empty(change.meta().epoch());
        verify(before, change, path, stood, seq, record.timestamp());
        LoggedRecord logged = stores.add(change, seq, stood, record.timestamp());
        Head head = headAfter(before, change.meta(), seq);
        stores.putHead(change.id().project(), head);
        answers.recordRead(logged, head, record.timestamp());
        environment.listener().onRecord(logged, head, record.timestamp());
    }

    private EntityChange decode(Record<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.META);
        RecordMeta meta = environment.codec().decodeMeta(header == null ? null : header.value());
        EntityId id = EntityPath.parse(new String(record.key(), StandardCharsets.UTF_8));
        return environment.codec().decodeChange(id, meta, record.value());
    }

    private void verify(
            Head before, EntityChange change, String path, @Nullable PathRow stood, CloudSeq seq, long committedMs) {
        RecordMeta meta = change.meta();
        if (!meta.ordinal().isAfter(before.ordinal()))
            throw mismatch(
                    change,
                    seq,
                    "its ordinal " + meta.ordinal().value() + " is not after "
                            + before.ordinal().value());
        if (meta.ordinal().equals(before.ordinal().next())) {
            Digest expected = before.digest();
            if (stood != null && stood.hash() != null) expected = expected.minus(Hashes.entry(path, stood.hash()));
            if (meta.hash() != null) expected = expected.plus(Hashes.entry(path, meta.hash()));
            if (!expected.equals(meta.digest())) throw mismatch(change, seq, "its digest does not add up");
        } else if (context.currentSystemTimeMs() - committedMs
                < environment.keeping().compactionLag().toMillis()) {
            throw mismatch(
                    change,
                    seq,
                    "records before it are missing and it is too young for compaction: ordinal "
                            + meta.ordinal().value() + " after "
                            + before.ordinal().value());
        }
    }

    private StateMismatch mismatch(EntityChange change, CloudSeq seq, String what) {
        return new StateMismatch(StateMismatch.CODE + ": tidemark.log partition "
                + context.taskId().partition() + " seq " + seq.value() + " of project "
                + change.id().project() + ": " + what + ". See deploy/README.md, \"state_mismatch\"");
    }

    private static Head headAfter(Head before, RecordMeta meta, CloudSeq seq) {
        return new Head(meta.epoch(), seq, meta.ordinal(), meta.count(), meta.digest(), before.horizon());
    }
}
