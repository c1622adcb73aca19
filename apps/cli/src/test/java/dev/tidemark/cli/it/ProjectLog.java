package dev.tidemark.cli.it;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Origin;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Every record of a project in {@code tidemark.log}, superseded ones included, as a plain committed consumer reads them. */
final class ProjectLog {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TreeMap<Long, EntityChange> bySeq = new TreeMap<>();

    private ProjectLog() {}

    static ProjectLog read(String bootstrap, String project) {
        ProjectLog log = new ProjectLog();
        WireCodec codec = new WireCodec(new EmbeddedSchemas());
        for (ConsumerRecord<byte[], byte[]> record : committed(bootstrap, TopicCatalogue.LOG, project)) {
            String path = new String(record.key(), StandardCharsets.UTF_8);
            if (!EntityPath.projectOf(path).equals(project)) continue;
            RecordMeta meta =
                    codec.decodeMeta(record.headers().lastHeader(Headers.META).value());
            log.bySeq.put(record.offset(), codec.decodeChange(EntityPath.parse(path), meta, record.value()));
        }
        return log;
    }

    /** All committed records on a project's partition of a topic. */
    static List<ConsumerRecord<byte[], byte[]>> committed(String bootstrap, String topic, String project) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
            int partitions = consumer.partitionsFor(topic, PATIENCE).size();
            return committed(consumer, new TopicPartition(topic, Partitions.of(project, partitions)));
        }
    }

    /** All committed records of a topic. */
    static List<ConsumerRecord<byte[], byte[]>> committed(String bootstrap, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
            int partitions = consumer.partitionsFor(topic, PATIENCE).size();
            for (int p = 0; p < partitions; p++) records.addAll(committed(consumer, new TopicPartition(topic, p)));
        }
        return records;
    }

    TreeMap<Long, EntityChange> bySeq() {
        return bySeq;
    }

    EntityChange at(long seq) {
        EntityChange change = bySeq.get(seq);
        if (change == null) throw new AssertionError("the log has no record of the project at seq " + seq);
        return change;
    }

    /**
     * Which record carries each origin.
     *
     * @throws AssertionError if an origin is in two records, or twice in one
     */
    Map<Origin, Long> seqByOrigin() {
        Map<Origin, Long> seqs = new HashMap<>();
        bySeq.forEach((seq, change) -> change.meta().origins().forEach(origin -> {
            Long other = seqs.put(origin, seq);
            if (other != null) throw new AssertionError(origin + " is in the records " + other + " and " + seq);
        }));
        return seqs;
    }

    /** The first record of every entity, by path. */
    Map<String, Long> firstSeqByPath() {
        Map<String, Long> first = new HashMap<>();
        bySeq.forEach((seq, change) -> first.putIfAbsent(EntityPath.of(change.id()), seq));
        return first;
    }

    /** The last record of every entity, by path. */
    Map<String, Long> lastSeqByPath() {
        Map<String, Long> last = new HashMap<>();
        bySeq.forEach((seq, change) -> last.put(EntityPath.of(change.id()), seq));
        return last;
    }

    /**
     * What does not hold of some record, in words: ordinals are dense from 1, versions of an entity rise, hashes are those of
     * the images, digests and counts of the project and of the bucket are what the records so far add up to.
     */
    List<String> defects() {
        Replay replay = new Replay();
        bySeq.forEach(replay::take);
        return replay.defects;
    }

    Digest digest() {
        return bySeq.isEmpty()
                ? Digest.ZERO
                : bySeq.lastEntry().getValue().meta().digest();
    }

    /** Counts for itself what Admit says of its records. */
    private static final class Replay {
        private final List<String> defects = new ArrayList<>();
        private final Map<String, Hash> hashes = new LinkedHashMap<>();
        private final Map<String, Long> versions = new HashMap<>();
        private final Map<Integer, BucketState> buckets = new HashMap<>();
        private BucketState all = BucketState.EMPTY;
        private long ordinal;

        void take(long seq, EntityChange change) {
            RecordMeta meta = change.meta();
            String path = EntityPath.of(change.id());
            Hash hash = change.image() == null ? null : Hashes.image(change.image());
            BucketState bucket = buckets.getOrDefault(Hashes.bucket(path), BucketState.EMPTY);
            Hash before = hash == null ? hashes.remove(path) : hashes.put(path, hash);
            if (before != null) {
                all = all.minus(Hashes.entry(path, before));
                bucket = bucket.minus(Hashes.entry(path, before));
            }
            if (hash != null) {
                all = all.plus(Hashes.entry(path, hash));
                bucket = bucket.plus(Hashes.entry(path, hash));
            }
            buckets.put(Hashes.bucket(path), bucket);
            check(
                    seq,
                    meta.ordinal().value() == ++ordinal,
                    "ordinal " + meta.ordinal().value());
            check(seq, hash == null ? meta.hash() == null : hash.equals(meta.hash()), "hash");
            check(seq, all.equals(new BucketState(meta.digest(), meta.count())), "digest or count");
            check(seq, bucket.equals(new BucketState(meta.bucketDigest(), meta.bucketCount())), "bucket");
            Long version = versions.put(path, meta.version());
            check(seq, version == null || version < meta.version(), "version " + meta.version() + " after " + version);
        }

        private void check(long seq, boolean holds, String what) {
            if (!holds) defects.add("seq " + seq + ": " + what);
        }
    }

    /** Origins that are in some record. */
    TreeSet<String> originNames() {
        TreeSet<String> names = new TreeSet<>();
        seqByOrigin().keySet().forEach(origin -> names.add(nameOf(origin.replica(), origin.localSeq())));
        return names;
    }

    static String nameOf(String replica, long localSeq) {
        return replica + "/" + localSeq;
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
        long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition, PATIENCE) < end) {
            consumer.poll(Duration.ofMillis(500)).records(partition).forEach(records::add);
            if (System.nanoTime() > deadlineNs) throw new AssertionError("cannot read to the end of " + partition);
        }
        return records;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }
}
