package dev.tidemark.topology.processor;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topic.Headers;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.store.MaterializeStores;
import dev.tidemark.topology.store.PathRow;
import dev.tidemark.wire.UndecodableException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Step 4 of the main path: reads the committed log back, so that every record's seq is known. Verifies what Admit says of each,
 * then takes it into the change index and the mapping. A record that does not fit
 * stops the task: skipping it would be silent loss.
 */
final class RecordHandler {
    private final MaterializeEnvironment environment;

    private final ProcessorContext<byte[], byte[]> context;
    private final MaterializeStores stores;
    private final Answers answers;
    private final LogCheck check;

    RecordHandler(
            MaterializeEnvironment environment,
            ProcessorContext<byte[], byte[]> context,
            MaterializeStores stores,
            Answers answers) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.answers = answers;
        this.check = new LogCheck(environment.keeping(), context, stores);
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
        check.verify(before, change, path, stood, new LogCheck.Place(seq, record.timestamp()));
        LoggedRecord logged = stores.add(change, seq, stood, record.timestamp());
        Head head = headAfter(before, change.meta(), seq);
        stores.putHead(change.id().project(), head);
        answers.recordRead(logged, head, record.timestamp());
        environment.listener().onRecord(logged, head, record.timestamp());
    }

    private EntityChange decode(Record<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.META);
        RecordMeta meta = environment.codec().decodeMeta(header == null ? null : header.value());
        return environment.codec().decodeChange(idOf(record.key()), meta, record.value());
    }

    private static EntityId idOf(byte[] key) {
        try {
            return EntityPath.parse(new String(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(UndecodableException.INVALID_CONTENT, "the key is not a path", e);
        }
    }

    private static Head headAfter(Head before, RecordMeta meta, CloudSeq seq) {
        return new Head(meta.epoch(), seq, meta.ordinal(), meta.count(), meta.digest(), before.horizon());
    }
}
