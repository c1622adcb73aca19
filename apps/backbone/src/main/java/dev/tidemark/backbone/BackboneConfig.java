package dev.tidemark.backbone;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topology.AdmitEnvironment;
import dev.tidemark.topology.MaterializeEnvironment;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of a backbone; checked when they are read. */
public final class BackboneConfig {
    /**
     * A broker that stands still closes no connection, so that only this tells that another leads by now: less than half of what a
     * check of the fences may take, more than any answer of a broker that is well.
     */
    private static final int REQUEST_MS = 8_000;

    private static final String KAFKA_PREFIX = "kafka.";
    private static final String ADMIT_PREFIX = "admit.";
    private static final String MATERIALIZE_PREFIX = "materialize.";

    private static final int RECORD_BYTES_LEAST = 1_024;

    /** A setting as {@code tidemark config} lists it. */
    public record Setting(String name, String defaultValue, String doc, boolean secret) {}

    private static final List<Setting> SETTINGS = List.of(
            setting("bootstrap.servers", "", "Kafka brokers to start from, host:port[,host:port]"),
            setting("http.host", "127.0.0.1", "address the gateway binds to; without auth only a loopback address"),
            setting("http.port", "7070", "port of the gateway; 0: any that is free"),
            setting("state.dir", ".tidemark/state", "where the stores live; one instance each"),
            setting("partitions", "6", "partitions of every topic, when they are created"),
            setting(
                    "standbys",
                    "1",
                    "instances beside the owner that keep a copy of its state, where there are as many"),
            new Setting("cluster.secret", "", "what all instances share to know each other's requests", true),
            setting("replication.factor", "3", "copies of every topic and changelog, when they are created"),
            setting("topics.create", "false", "create topics that are missing at start"),
            setting("registry.url", "", "a schema registry with the Confluent API; empty: the schemas of this build"),
            setting("horizon.ms", "2592000000", "how long deletes are shown to readers who were away"),
            setting("mapping.retention.ms", "2592000000", "how long superseded records stay in the seq mapping"),
            setting("expiry.every.ms", "30000", "how often what has expired is looked for"),
            setting("compaction.lag.ms", "604800000", "how long superseded records stay in the log at least"),
            setting(
                    "record.bytes.max",
                    "1048576",
                    "largest record of the log, all included; at least 65536 less than message.bytes.max"),
            setting("message.bytes.max", "2097152", "largest message of the topics"),
            setting("fanout.max", "100000", "most entities that one apply_where may match"),
            setting("scan.max", "100000", "most entities that a query on no filterable field may look at"),
            setting("origins.kept", "1000000", "outcomes kept of a replica that never sends acked_through"),
            setting("http.body.bytes.max", "8388608", "largest request body; a stream of NDJSON has no such bound"),
            setting("push.wait.ms", "30000", "how long a push waits for its outcomes"),
            setting("push.pending.max", "50000", "batches that may wait for outcomes at once; beyond: 429"));

    private final Map<String, String> properties;

    private BackboneConfig(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    public static BackboneConfig of(Map<String, String> properties) {
        return new BackboneConfig(properties);
    }

    /** Every setting with its default; {@code kafka.*}, {@code admit.*} and {@code materialize.*} pass through. */
    public static List<Setting> settings() {
        return SETTINGS;
    }

    private static Setting setting(String name, String defaultValue, String doc) {
        return new Setting(name, defaultValue, doc, false);
    }

    Map<String, String> properties() {
        return properties;
    }

    /** Properties of every Kafka client. */
    public Map<String, Object> clients() throws BackboneRefusal {
        Map<String, Object> clients = new HashMap<>();
        clients.put("request.timeout.ms", "" + REQUEST_MS);
        clients.putAll(passedThrough(KAFKA_PREFIX));
        clients.put("bootstrap.servers", required("bootstrap.servers"));
        return clients;
    }

    Map<String, String> admitOverrides() {
        return passedThrough(ADMIT_PREFIX);
    }

    Map<String, String> materializeOverrides() {
        return passedThrough(MATERIALIZE_PREFIX);
    }

    String httpHost() {
        return text("http.host");
    }

    int httpPort() throws BackboneRefusal {
        return (int) number("http.port", 0, 65_535);
    }

    Path stateDir() throws BackboneRefusal {
        try {
            return Path.of(text("state.dir")).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw invalid("state.dir", "a path");
        }
    }

    boolean createTopics() throws BackboneRefusal {
        String value = text("topics.create");
        if (!value.equals("true") && !value.equals("false")) throw invalid("topics.create", "true or false");
        return value.equals("true");
    }

    int standbys() throws BackboneRefusal {
        return (int) number("standbys", 0, 10);
    }

    String clusterSecret() {
        return text("cluster.secret");
    }

    Optional<String> registryUrl() {
        return Optional.of(text("registry.url")).filter(url -> !url.isBlank());
    }

    int replicationFactor() throws BackboneRefusal {
        return (int) number("replication.factor", 1, 100);
    }

    /** What the topics must be like. */
    public TopicLimits topicLimits() throws BackboneRefusal {
        return new TopicLimits(
                millis("horizon.ms"),
                millis("compaction.lag.ms"),
                TopicLimits.DEFAULTS.retention(),
                TopicLimits.DEFAULTS.recordRetention(),
                size(),
                new TopicLimits.Layout((int) number("partitions", 1, 10_000), (short) replicationFactor()));
    }

    private TopicLimits.Size size() throws BackboneRefusal {
        int margin = TopicLimits.Size.FRAMING_MARGIN_BYTES;
        int message = (int) number("message.bytes.max", RECORD_BYTES_LEAST + margin, 1 << 30);
        int record = (int) number("record.bytes.max", RECORD_BYTES_LEAST, 1 << 29);
        if (record > message - margin)
            throw invalid(
                    "record.bytes.max",
                    "at most " + (message - margin) + ", which is message.bytes.max (" + message + ") less " + margin
                            + " for the framing of a record");
        return new TopicLimits.Size(record, message);
    }

    AdmitLimits admitLimits() throws BackboneRefusal {
        return new AdmitLimits(
                topicLimits().size().maxRecordBytes(),
                (int) number("fanout.max", 1, 10_000_000),
                (int) number("scan.max", 1, 10_000_000),
                number("origins.kept", 1_000, Long.MAX_VALUE),
                AdmitLimits.DEFAULT.partCharsMax());
    }

    MaterializeEnvironment.Keeping keeping() throws BackboneRefusal {
        return new MaterializeEnvironment.Keeping(
                millis("horizon.ms"),
                millis("mapping.retention.ms"),
                millis("compaction.lag.ms"),
                millis("expiry.every.ms"));
    }

    AdmitEnvironment.Pruning pruning() throws BackboneRefusal {
        return new AdmitEnvironment.Pruning(millis("horizon.ms"), millis("expiry.every.ms"));
    }

    int bodyBytesMax() throws BackboneRefusal {
        return (int) number("http.body.bytes.max", 1_024, 1 << 30);
    }

    Duration pushWait() throws BackboneRefusal {
        return millis("push.wait.ms");
    }

    int pushPendingMax() throws BackboneRefusal {
        return (int) number("push.pending.max", 1, 10_000_000);
    }

    private Map<String, String> passedThrough(String prefix) {
        Map<String, String> found = new HashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(prefix)) found.put(name.substring(prefix.length()), value);
        });
        return found;
    }

    private String required(String name) throws BackboneRefusal {
        String value = text(name);
        if (value.isBlank()) throw invalid(name, "given; it has no default");
        return value;
    }

    private Duration millis(String name) throws BackboneRefusal {
        return Duration.ofMillis(number(name, 1, Long.MAX_VALUE / 2));
    }

    private long number(String name, long least, long most) throws BackboneRefusal {
        try {
            long value = Long.parseLong(text(name).trim());
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException e) {
            // the message below says what is needed
        }
        throw invalid(name, "a whole number from " + least + " to " + most);
    }

    private String text(String name) {
        String value = properties.get(name);
        if (value != null) return value;
        return SETTINGS.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow()
                .defaultValue();
    }

    private BackboneRefusal invalid(String name, String must) {
        return new BackboneRefusal(
                "config_invalid", "setting " + name + " must be " + must + ", not \"" + text(name) + "\"");
    }
}
