package dev.tidemark.bench.chaos.cluster;

import java.nio.file.Path;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brokers on this machine that are controllers too. Three of them keep three copies, two of which must have a record before it is
 * acknowledged. All else is Kafka's default: it is what others run.
 *
 * @param firstPort the first of two ports of each node, one for clients and one for controllers
 */
public record Quorum(String clusterId, int count, int firstPort) {
    static final int PORTS = 2;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String HOST = "127.0.0.1";

    int port(int id) {
        return firstPort + (id - 1) * PORTS;
    }

    private int controllerPort(int id) {
        return port(id) + 1;
    }

    String bootstrap() {
        return eachNode(id -> HOST + ":" + port(id));
    }

    /** Of one node. */
    Properties properties(int id, Path directory) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "" + id);
        properties.setProperty(
                "controller.quorum.voters", eachNode(each -> each + "@" + HOST + ":" + controllerPort(each)));
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("inter.broker.listener.name", "BROKER");
        properties.setProperty("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty(
                "listeners", "BROKER://" + HOST + ":" + port(id) + ",CONTROLLER://" + HOST + ":" + controllerPort(id));
        properties.setProperty("advertised.listeners", "BROKER://" + HOST + ":" + port(id));
        properties.setProperty("log.dirs", directory.toString());
        properties.setProperty("auto.create.topics.enable", "false");
        copies(properties);
        small(properties);
        return properties;
    }

    private void copies(Properties properties) {
        String copies = "" + count;
        String inSync = count >= 3 ? "2" : "1";
        properties.setProperty("default.replication.factor", copies);
        properties.setProperty("min.insync.replicas", inSync);
        properties.setProperty("offsets.topic.replication.factor", copies);
        properties.setProperty("transaction.state.log.replication.factor", copies);
        properties.setProperty("transaction.state.log.min.isr", inSync);
        properties.setProperty("share.coordinator.state.topic.replication.factor", copies);
        properties.setProperty("share.coordinator.state.topic.min.isr", inSync);
    }

    /** Three on one machine; partitions of the internal topics as `up` has them. */
    private static void small(Properties properties) {
        properties.setProperty("offsets.topic.num.partitions", "4");
        properties.setProperty("transaction.state.log.num.partitions", "4");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("group.min.session.timeout.ms", "1000");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "" + (2 << 20));
        properties.setProperty("log.index.size.max.bytes", "" + (2 << 20));
    }

    private String eachNode(IntFunction<String> text) {
        return IntStream.rangeClosed(1, count).mapToObj(text).collect(Collectors.joining(","));
    }
}
