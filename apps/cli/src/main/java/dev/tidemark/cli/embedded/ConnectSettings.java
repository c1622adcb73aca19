package dev.tidemark.cli.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.converters.ByteArrayConverter;

/**
 * The worker's properties: the only one of its group, reachable from this machine alone. What a connector reads and
 * writes is Tidemark's own bytes unless it says otherwise, and what it produces keeps its order.
 */
final class ConnectSettings {
    static final String GROUP = "tidemark-connect";

    /** A killed worker's place in the group is free after that; longer than this process ever stands still in good health. */
    private static final int SESSION_MS = 5_000;

    private static final int HEARTBEAT_MS = 1_500;
    /** What a killed worker's sources read again at most; whoever admits drops it by its origins. */
    private static final int OFFSET_FLUSH_MS = 5_000;

    private final Map<String, String> properties = new HashMap<>();

    private ConnectSettings() {}

    static Map<String, String> of(Path plugins, String bootstrapServers, int port) {
        ConnectSettings settings = new ConnectSettings();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.group();
        settings.topics();
        settings.rest(port);
        settings.plugins(plugins);
        settings.clients();
        return settings.properties;
    }

    private void group() {
        put("group.id", GROUP);
        put("session.timeout.ms", SESSION_MS);
        put("heartbeat.interval.ms", HEARTBEAT_MS);
        // Nobody else comes back whose connectors would have to be kept for him.
        put("scheduled.rebalance.max.delay.ms", 0);
    }

    private void topics() {
        for (String kept : new String[] {"config", "offset", "status"}) {
            put(kept + ".storage.topic", "tidemark.connect-" + (kept.equals("status") ? kept : kept + "s"));
            put(kept + ".storage.replication.factor", 1);
        }
        put("offset.storage.partitions", 1);
        put("status.storage.partitions", 1);
        put("offset.flush.interval.ms", OFFSET_FLUSH_MS);
    }

    private void rest(int port) {
        put("listeners", "http://" + EmbeddedBroker.HOST + ":" + port);
        put("rest.advertised.host.name", EmbeddedBroker.HOST);
        put("rest.advertised.port", port);
        put("rest.extension.classes", LocalCallersOnly.class.getName());
    }

    private void plugins(Path directory) {
        put("plugin.path", directory);
        // Looking into every class of the class path instead takes seconds at each start.
        put("plugin.discovery", "service_load");
        for (String converter : new String[] {"key", "value", "header"})
            put(converter + ".converter", ByteArrayConverter.class.getName());
        put("connector.client.config.override.policy", "All");
    }

    private void clients() {
        // A retry never overtakes what came after it, and is never written twice.
        put("producer.max.in.flight.requests.per.connection", 1);
        put("producer.acks", "all");
        put("producer.enable.idempotence", true);
        // An open transaction would hold back every committed reader of its partition.
        put("exactly.once.source.support", "disabled");
        put("consumer.isolation.level", "read_committed");
    }

    private void put(String name, Object value) {
        properties.put(name, value.toString());
    }
}
