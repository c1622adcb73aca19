package dev.tidemark.cli.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Ends what the metadata still says of a broker that was killed, before its successor starts.
 *
 * <p>Otherwise the successor leads every partition by the old registration, loads the transactions that were open, and while it
 * still waits for that registration to time out begins to end them. Then it registers anew, for a moment no partition has a
 * leader, and Kafka 4.3 takes a partition without a leader for a deleted one ({@code KRaftMetadataCache.getPartitionLeaderEndpoint}
 * is empty for both): the transaction is complete without its markers, and committed readers of those partitions never go on.
 * So a controller alone fences the old registration first; the broker then leads nothing until it is registered.
 */
final class StaleRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(StaleRegistration.class);
    private static final int WAIT_SECONDS = 30;
    private static final String IDENT = "[StaleRegistration] ";

    private StaleRegistration() {}

    /** @param directory formatted, used or not */
    static void end(Path directory, int port) throws IOException, InterruptedException {
        KafkaConfig config = KafkaConfig.fromProps(controllerOnly(directory, port));
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
                KafkaRaftServer.initializeLogDirs(config, LOG, IDENT);
        SharedServer shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        try {
            controller.startup();
            Fenced fenced = new Fenced();
            shared.loader().installPublishers(List.of(fenced)).join();
            if (!fenced.done.await(WAIT_SECONDS, TimeUnit.SECONDS))
                throw new IOException(
                        "the registration of the broker before did not end within " + WAIT_SECONDS + " s");
        } finally {
            controller.shutdown();
        }
    }

    private static Properties controllerOnly(Path directory, int port) {
        Properties properties = BrokerSettings.of(directory, port);
        properties.setProperty("process.roles", "controller");
        properties.setProperty(
                "listeners",
                BrokerSettings.CONTROLLER_LISTENER + "://" + EmbeddedBroker.HOST + ":"
                        + EmbeddedBroker.controllerPort(port));
        properties.remove("advertised.listeners");
        properties.remove("inter.broker.listener.name");
        properties.setProperty("broker.session.timeout.ms", "200");
        properties.setProperty("broker.heartbeat.interval.ms", "100");
        return properties;
    }

    /** Sees when no broker is registered as alive. */
    private static final class Fenced implements MetadataPublisher {
        private final CountDownLatch done = new CountDownLatch(1);

        @Override
        public String name() {
            return "stale-registration";
        }

        @Override
        public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
            Collection<BrokerRegistration> brokers =
                    Map.copyOf(image.cluster().brokers()).values();
            if (brokers.stream().allMatch(BrokerRegistration::fenced)) done.countDown();
        }
    }
}
