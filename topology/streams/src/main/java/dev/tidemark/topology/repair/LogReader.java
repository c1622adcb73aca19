package dev.tidemark.topology.repair;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.EntityChange;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.UndecodableException;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The records of the log, in order. */
final class LogReader {
    private final CommittedReader reader;
    private final WireCodec codec;

    LogReader(CommittedReader reader, WireCodec codec) {
        this.reader = reader;
        this.codec = codec;
    }

    /** @param committedMs append time, milliseconds since 1970 */
    record Logged(EntityChange change, CloudSeq seq, long committedMs) {}

    interface Taker {
        void take(Logged logged) throws RepairRefused;
    }

    void read(int partition, Taker taker) throws RepairRefused {
        reader.read(TopicCatalogue.LOG, partition, record -> taker.take(decoded(record)));
    }

    private Logged decoded(ConsumerRecord<byte[], byte[]> record) throws RepairRefused {
        try {
            Header header = record.headers().lastHeader(Headers.META);
            EntityChange change = codec.decodeChange(
                    EntityPath.parse(new String(record.key(), StandardCharsets.UTF_8)),
                    codec.decodeMeta(header == null ? null : header.value()),
                    record.value());
            return new Logged(change, new CloudSeq(record.offset()), record.timestamp());
        } catch (UndecodableException | IllegalArgumentException e) {
            throw new RepairRefused(
                    RepairRefused.SOURCE_MISMATCH,
                    TopicCatalogue.LOG + " partition " + record.partition() + " has a record at seq " + record.offset()
                            + " that cannot be read: " + e.getMessage()
                            + "; see deploy/README.md, \"log_undecodable\"");
        }
    }
}
