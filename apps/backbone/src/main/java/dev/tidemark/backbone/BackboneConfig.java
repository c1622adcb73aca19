package dev.tidemark.backbone;

import java.util.List;
import java.util.Map;

/** Settings of the backbone. */
public final class BackboneConfig {
    /** A setting as `tidemark config` lists it. */
    public record Setting(String name, String defaultValue, String doc, boolean secret) {}

    private final Map<String, String> properties;

    private BackboneConfig(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    public static BackboneConfig of(Map<String, String> properties) {
        return new BackboneConfig(properties);
    }

    public static List<Setting> settings() {
        return List.of(
                new Setting("bootstrap.servers", "", "Kafka brokers to start from", false),
                new Setting("http.host", "127.0.0.1", "address the gateway binds to", false),
                new Setting("http.port", "7070", "port the gateway binds to", false),
                new Setting("state.dir", "", "where the stores live", false),
                new Setting("partitions", "6", "partitions of every topic when they are created", false),
                new Setting("replication.factor", "3", "replicas of every topic when they are created", false),
                new Setting("topics.create", "false", "create missing topics at start", false));
    }

    Map<String, String> properties() {
        return properties;
    }
}
