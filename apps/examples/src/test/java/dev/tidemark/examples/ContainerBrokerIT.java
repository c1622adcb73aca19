package dev.tidemark.examples;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The suite on {@code apache/kafka} in a container, where a Docker engine answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerBrokerIT implements BrokerSuite {
    private static final String IMAGE = "apache/kafka:4.3.1";

    @TempDir
    static Path home;

    private @Nullable RunningTidemark tidemark;

    @BeforeAll
    void starts() throws Exception {
        if (!DockerClientFactory.instance().isDockerAvailable()) skip("no Docker engine answers");
        KafkaContainer broker = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1");
        broker.start();
        tidemark = RunningTidemark.on(broker, broker.getBootstrapServers(), home);
    }

    @AfterAll
    void stops() throws Exception {
        if (tidemark != null) tidemark.close();
    }

    @Override
    public RunningTidemark tidemark() {
        if (tidemark == null) throw new IllegalStateException("not started");
        return tidemark;
    }

    private static void skip(String reason) {
        System.out.println("ContainerBrokerIT is skipped: " + reason);
        abort(reason);
    }
}
