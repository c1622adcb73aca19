package dev.tidemark.cli.cluster;

import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import dev.tidemark.topic.TopicLimits;
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
        try {
            return config().topicLimits();
        } catch (BackboneRefusal refusal) {
            throw new UsageFailure(refusal.getMessage());
        }
    }

    /** A client. @throws CommandFailure if nothing listens there; said at once, which the client itself would not */
    public Admin admin() {
        requireListening(bootstrapServers());
        try {
            Map<String, Object> properties = new HashMap<>(config().clients());
            properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
            return Admin.create(properties);
        } catch (BackboneRefusal refusal) {
            throw new UsageFailure(refusal.getMessage());
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new CommandFailure(
                    "cannot connect to Kafka at " + bootstrapServers() + ": " + reason.getMessage(), e);
        }
    }

    private BackboneConfig config() {
        Map<String, String> properties = new HashMap<>(settings.saidForBackbone());
        if (settings.text(SettingCatalogue.BOOTSTRAP).isEmpty()) properties.putIfAbsent(REPLICATION, "1");
        properties.put(SettingCatalogue.BOOTSTRAP, bootstrapServers());
        return BackboneConfig.of(properties);
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
}
