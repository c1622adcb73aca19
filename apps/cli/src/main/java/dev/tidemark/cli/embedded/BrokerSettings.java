package dev.tidemark.cli.embedded;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The broker's properties: one node that is broker and controller, reachable from this machine alone, small enough for a
 * laptop. Durability is Kafka's own; nothing here trades it for speed.
 */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String BROKER_LISTENER = "BROKER";
    private static final String HOST = EmbeddedBroker.HOST;

    private final Properties properties = new Properties();

    private BrokerSettings() {}

    static Properties of(Path directory, int port) {
        BrokerSettings settings = new BrokerSettings();
        settings.roles(port);
        settings.storage(directory);
        settings.singleReplica();
        settings.groupsAndTransactions();
        settings.registration();
        settings.smallFootprint();
        return settings.properties;
    }

    private void roles(int port) {
        int controllerPort = EmbeddedBroker.controllerPort(port);
        put("process.roles", "broker,controller");
        put("node.id", NODE_ID);
        put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        put("controller.listener.names", CONTROLLER_LISTENER);
        put("inter.broker.listener.name", BROKER_LISTENER);
        put("listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        put(
                "listeners",
                BROKER_LISTENER + "://" + HOST + ":" + port + "," + CONTROLLER_LISTENER + "://" + HOST + ":"
                        + controllerPort);
        put("advertised.listeners", BROKER_LISTENER + "://" + HOST + ":" + port);
    }

    private void storage(Path directory) {
        put("log.dirs", directory);
        put("auto.create.topics.enable", false);
        // A clock that is wrong must not make retention delete what was just written.
        put("log.message.timestamp.type", "LogAppendTime");
        // After a kill the active segments are read again from their start: smaller ones, quicker start.
        put("log.segment.bytes", 128 << 20);
        put("log.index.size.max.bytes", 2 << 20);
        // The default takes 128 MiB of heap at start. A pass over a log cleans as many keys as fit, and copies all of
        // it: some 600,000.
        put("log.cleaner.dedupe.buffer.size", 16 << 20);
        put("log.cleaner.io.buffer.size", 256 << 10);
    }

    private void singleReplica() {
        put("default.replication.factor", 1);
        put("min.insync.replicas", 1);
        put("offsets.topic.replication.factor", 1);
        put("transaction.state.log.replication.factor", 1);
        put("transaction.state.log.min.isr", 1);
        put("share.coordinator.state.topic.replication.factor", 1);
        put("share.coordinator.state.topic.min.isr", 1);
    }

    /**
     * The one broker is never declared dead while its process lives: where a partition has no leader, Kafka 4.3 ends transactions
     * without their markers. A killed one is fenced at the next start by {@link StaleRegistration}.
     */
    private void registration() {
        put("broker.session.timeout.ms", TimeUnit.HOURS.toMillis(1));
    }

    private void groupsAndTransactions() {
        put("offsets.topic.num.partitions", 4);
        put("transaction.state.log.num.partitions", 4);
        put("share.coordinator.state.topic.num.partitions", 1);
        put("transaction.state.log.segment.bytes", 16 << 20);
        put("offsets.topic.segment.bytes", 16 << 20);
        put("group.initial.rebalance.delay.ms", 0);
        put("group.min.session.timeout.ms", 1_000);
        // A laptop that was off for a week must find its positions: forgotten ones look like loss.
        put("offsets.retention.minutes", TimeUnit.DAYS.toMinutes(3_650));
        put("transaction.max.timeout.ms", 900_000);
        // A transaction that outlived its owner blocks committed readers until it is swept.
        put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1_000);
    }

    private void smallFootprint() {
        put("num.network.threads", 2);
        put("num.io.threads", 4);
        put("background.threads", 2);
        put("num.recovery.threads.per.data.dir", 2);
        put("log.cleaner.threads", 1);
    }

    private void put(String name, Object value) {
        properties.setProperty(name, value.toString());
    }
}
