package dev.tidemark.postgres.outbox;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Kafka Connect source: the ops outbox of a PostgreSQL database to {@code tidemark.mutations}. One task. The worker's producer must keep
 * one request in flight, and the converters of key and value must be {@code ByteArrayConverter}.
 */
public final class OutboxSourceConnector extends SourceConnector {
    private Map<String, String> given = Map.of();

    @Override
    public void start(Map<String, String> config) {
        new OutboxConfig(config);
        given = Map.copyOf(config);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return OutboxSourceTask.class;
    }

    /** One: an outbox has one order. */
    @Override
    public List<Map<String, String>> taskConfigs(int tasksMax) {
        return List.of(given);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return OutboxConfig.DEFINITION;
    }

    @Override
    public String version() {
        String version = OutboxSourceConnector.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
