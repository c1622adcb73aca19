package dev.tidemark.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of the two Kafka Streams applications. What a user passes through wins over what is only tuning here, and never over
 * what correctness rests on.
 */
public final class StreamsSettings {
    /** Admit's commit interval is the latency of a push. */
    private static final int ADMIT_COMMIT_MS = 20;
    /** Materialize's readers do not wait for its commit: its input is committed already. */
    private static final int MATERIALIZE_COMMIT_MS = 1_000;
    /** A thread that waits longer for records than its commit interval would commit late. */
    private static final int POLL_MS = 5;
    /** How long a killed instance keeps its tasks; several heartbeats are lost before. */
    private static final int SESSION_MS = 6_000;

    private static final int HEARTBEAT_MS = 1_000;
    /** While its leader asks about tasks, the rest of a group waits: shorter than those wait. */
    private static final int ADMIN_REQUEST_MS = 4_000;
    /** How long a killed Admit can hold back readers of committed records; longer than any pause it may make. */
    private static final int TRANSACTION_MS = 15_000;

    private static final int PRODUCER_BATCH_BYTES = 128 << 10;
    /** Longer than a batch takes to fill under load. */
    private static final int LINGER_MS = 500;

    private static final int RECORDS_PER_POLL = 1_000;
    private static final long HOT_ROW_CACHE_BYTES = 8L << 20;
    /** What a store row may need beyond the record it is made of: origins and escapes in full. */
    private static final int ROW_MARGIN_BYTES = 256 << 10;
    /** Only closed segments are compacted, and a restore reads the open one whole. */
    private static final int CHANGELOG_SEGMENT_BYTES = 64 << 20;
    /** State that nobody used for longer is thrown away at start and restored from its changelogs. */
    private static final Duration STATE_AGE_MAX = Duration.ofDays(7);
    /** Deletes stay in a changelog until every state that has not seen them is thrown away; else the deleted rows come back. */
    private static final Duration CHANGELOG_DELETES = STATE_AGE_MAX.plusDays(1);

    private StreamsSettings() {}

    /**
     * Where and how an instance runs.
     *
     * @param clients properties of every Kafka client: bootstrap servers, security
     * @param instanceId stable across restarts of this instance: it takes its tasks up again at once
     * @param applicationServer host:port at which other instances reach this one
     * @param copies of state
     * @param messageBytesMax largest record
     */
    public record Instance(
            Map<String, Object> clients,
            Path stateDir,
            String instanceId,
            String applicationServer,
            Copies copies,
            int messageBytesMax) {
        public Instance {
            clients = Map.copyOf(clients);
        }
    }

    /**
     * How often state is kept.
     *
     * @param changelogs replication factor of changelogs
     * @param standbys instances beside the owner that keep its state
     */
    public record Copies(int changelogs, int standbys) {}

    /** @param overrides passed through */
    public static Properties admit(Instance instance, Map<String, String> overrides) {
        return settings(instance, Names.ADMIT_APP, ADMIT_COMMIT_MS, overrides);
    }

    /** @param overrides passed through */
    public static Properties materialize(Instance instance, Map<String, String> overrides) {
        return settings(instance, Names.MATERIALIZE_APP, MATERIALIZE_COMMIT_MS, overrides);
    }

    private static Properties settings(
            Instance instance, String applicationId, int commitMs, Map<String, String> overrides) {
        Properties settings = new Properties();
        settings.putAll(instance.clients());
        tuning(settings, instance);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMs);
        consumer(settings);
        producer(settings);
        settings.putAll(overrides);
        fixed(settings, instance, applicationId);
        changelogs(settings, instance);
        return settings;
    }

    private static void tuning(Properties settings, Instance instance) {
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, instance.applicationServer());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        put(
                settings,
                StreamsConfig.ADMIN_CLIENT_PREFIX,
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                ADMIN_REQUEST_MS);
        // No order between topics is needed, outcomes are parked; waiting for an empty one would only delay the others.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, instance.copies().changelogs());
        settings.put(
                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, instance.copies().standbys());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbBounds.class);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, HOT_ROW_CACHE_BYTES);
    }

    private static void fixed(Properties settings, Instance instance, String applicationId) {
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, instance.stateDir().toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.STATE_CLEANUP_DIR_MAX_AGE_MS_CONFIG, STATE_AGE_MAX.toMillis());
        String main = StreamsConfig.MAIN_CONSUMER_PREFIX;
        put(settings, main, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance.instanceId());
        put(settings, main, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        put(
                settings,
                StreamsConfig.PRODUCER_PREFIX,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                instance.messageBytesMax() + ROW_MARGIN_BYTES);
    }

    /** A row that its changelog refuses would stop its task for good, and state that a changelog loses is lost. */
    private static void changelogs(Properties settings, Instance instance) {
        int rowBytesMax = instance.messageBytesMax() + ROW_MARGIN_BYTES;
        String topic = StreamsConfig.TOPIC_PREFIX;
        put(settings, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, rowBytesMax);
        put(settings, topic, TopicConfig.SEGMENT_BYTES_CONFIG, Math.max(CHANGELOG_SEGMENT_BYTES, rowBytesMax));
        put(settings, topic, TopicConfig.DELETE_RETENTION_MS_CONFIG, CHANGELOG_DELETES.toMillis());
        put(
                settings,
                topic,
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                instance.copies().changelogs() >= 3 ? 2 : 1);
        put(settings, topic, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, false);
        // A punctuation writes with this machine's clock, and brokers refuse times far ahead of theirs.
        put(settings, topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    private static void consumer(Properties settings) {
        put(settings, StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        put(settings, StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
        put(settings, StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
    }

    private static void producer(Properties settings) {
        put(settings, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        put(settings, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.BATCH_SIZE_CONFIG, PRODUCER_BATCH_BYTES);
        // A commit sends what waits; what is sent before fills no batch, and each costs the broker and the compressor
        // as much.
        put(settings, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        put(settings, StreamsConfig.PRODUCER_PREFIX, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS);
    }

    private static void put(Properties settings, String prefix, String name, Object value) {
        settings.put(prefix + name, value);
    }
}
