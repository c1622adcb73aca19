package dev.tidemark.connector;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Mutations of one source as records of {@code tidemark.mutations}, in batches; key and value are bytes, so that the connector needs
 * {@code ByteArrayConverter} for both. The key is the project, and a Java producer's own partitioner is the right one for it.
 * Thread-safe.
 */
public final class MutationRecords {
    private final ReplicaId replica;
    private final Map<String, ?> partition;
    private final WireCodec codec;
    private final int batchBytesMax;
    private final byte[] key;

    /**
     * @param replica the source, as who its mutations come
     * @param partition of its source offsets
     * @param batchBytesMax of an encoded batch, what the topic takes less the record's own
     */
    public MutationRecords(ReplicaId replica, Map<String, ?> partition, WireCodec codec, int batchBytesMax) {
        this.replica = replica;
        this.partition = Map.copyOf(partition);
        this.codec = codec;
        this.batchBytesMax = batchBytesMax;
        this.key = replica.project().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Records in the order of the mutations. Each has the position behind its last one.
     *
     * @param mutations with rising local seqs
     * @param ackedThrough local seq at or below which nothing will ever be sent again; null: not known
     * @throws TooLarge of a mutation that no batch can carry; nothing is made of any
     */
    public List<SourceRecord> of(List<PlacedMutation> mutations, @Nullable Long ackedThrough) {
        List<SourceRecord> records = new ArrayList<>();
        for (int from = 0; from < mutations.size(); from += MutationBatch.MUTATIONS_MAX) {
            int to = Math.min(mutations.size(), from + MutationBatch.MUTATIONS_MAX);
            add(records, mutations.subList(from, to), ackedThrough);
        }
        return records;
    }

    private void add(List<SourceRecord> records, List<PlacedMutation> mutations, @Nullable Long ackedThrough) {
        byte[] value = encoded(mutations, ackedThrough);
        if (value.length > batchBytesMax) {
            if (mutations.size() == 1) throw new TooLarge(mutations.get(0).mutation(), value.length, batchBytesMax);
            int half = mutations.size() / 2;
            add(records, mutations.subList(0, half), ackedThrough);
            add(records, mutations.subList(half, mutations.size()), ackedThrough);
            return;
        }
        Map<String, ?> position = mutations.get(mutations.size() - 1).position();
        records.add(new SourceRecord(
                partition,
                position,
                TopicCatalogue.MUTATIONS,
                null,
                Schema.BYTES_SCHEMA,
                key,
                Schema.BYTES_SCHEMA,
                value));
    }

    private byte[] encoded(List<PlacedMutation> mutations, @Nullable Long ackedThrough) {
        List<Mutation> all = mutations.stream().map(PlacedMutation::mutation).toList();
        // Nobody would read the refusal of a batch that does not follow; the producer keeps the order.
        return codec.encodeBatch(new MutationBatch(replica, ackedThrough, null, all));
    }

    /** One mutation is larger than a batch may be. */
    public static final class TooLarge extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final long localSeq;

        TooLarge(Mutation mutation, int bytes, int bytesMax) {
            super("a mutation of " + bytes + " bytes; a batch has at most " + bytesMax);
            this.localSeq = mutation.localSeq();
        }

        public long localSeq() {
            return localSeq;
        }
    }
}
