package dev.tidemark.cli.cluster;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topic.TopicLimits.Layout;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** The Kafka that the settings name; without any, the embedded one of this machine. */
public final class KafkaTarget {
    private static final String CLIENT_PREFIX = "kafka.";
    private static final String PARTITIONS = "partitions";
    private static final String REPLICATION = "replication.factor";
    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final int CALL_TIMEOUT_MS = 15_000;

    private final EffectiveConfig settings;

    public KafkaTarget(EffectiveConfig settings) {
        this.settings = settings;
    }

    public String bootstrapServers() {
        String named = settings.text(SettingCatalogue.BOOTSTRAP);
        if (!named.isEmpty()) return named;
        return EmbeddedBroker.HOST + ":" + settings.port(SettingCatalogue.KAFKA_PORT);
    }

    /** What the topics are held against. */
    public TopicLimits limits() {
        boolean embedded = settings.text(SettingCatalogue.BOOTSTRAP).isEmpty() && settings.isDefault(REPLICATION);
        short replication = embedded ? 1 : (short) number(REPLICATION);
        return TopicLimits.DEFAULTS.withLayout(new Layout(number(PARTITIONS), replication));
    }

    /** @throws CommandFailure if nothing listens there; said at once, which the client itself would not */
    public Admin admin() {
        requireListening(bootstrapServers());
        Map<String, Object> properties = new HashMap<>();
        settings.saidForBackbone().forEach((name, text) -> {
            if (name.startsWith(CLIENT_PREFIX)) properties.put(name.substring(CLIENT_PREFIX.length()), text);
        });
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS - 1);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new CommandFailure(
                    "cannot connect to Kafka at " + bootstrapServers() + ": " + reason.getMessage(), e);
        }
    }

    /** @throws CommandFailure if none of the brokers accepts a connection */
    public static void requireListening(String bootstrapServers) {
        String why = "";
        for (InetSocketAddress broker : addresses(bootstrapServers)) {
            try (Socket socket = new Socket()) {
                socket.connect(broker, CONNECT_TIMEOUT_MS);
                return;
            } catch (IOException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        throw new CommandFailure("kafka_unreachable: no Kafka listens at " + bootstrapServers + " (" + why
                + "); start it, or name another with --bootstrap");
    }

    private static List<InetSocketAddress> addresses(String bootstrapServers) {
        try {
            return ClientUtils.parseAndValidateAddresses(List.of(bootstrapServers.split(",")), "use_all_dns_ips");
        } catch (KafkaException e) {
            throw new UsageFailure("'" + bootstrapServers + "' names no broker that can be found: " + e.getMessage());
        }
    }

    private int number(String name) {
        try {
            int number = Integer.parseInt(settings.text(name));
            if (number > 0 && number <= Short.MAX_VALUE) return number;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageFailure(
                name + " is '" + settings.text(name) + "' (" + settings.origin(name) + "), not a number above 0");
    }
}
