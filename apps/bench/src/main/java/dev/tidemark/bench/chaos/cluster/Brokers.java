package dev.tidemark.bench.chaos.cluster;

import dev.tidemark.bench.place.FreePorts;
import dev.tidemark.bench.place.Node;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.place.Until;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/** One broker as {@code up} has it, or a quorum of three, each a process of its own that is controller too. */
final class Brokers {
    private static final String MAIN = "dev.tidemark.bench.Bench";
    private static final int ANSWER_MAX_SECONDS = 60;
    private static final int REQUEST_MS = 3_000;
    private static final Duration IN_SYNC_MAX = Duration.ofMinutes(2);

    private final Quorum quorum;
    private final List<Node> nodes = new ArrayList<>();

    Brokers(Place place, int count) {
        this.quorum = new Quorum(Uuid.randomUuid().toString(), count, FreePorts.neighbours(Quorum.PORTS * count));
        for (int id = 1; id <= count; id++) {
            String name = "broker-" + id;
            List<String> arguments = new ArrayList<>(List.of("broker", "--node", "" + id, "--of", "" + count));
            arguments.addAll(List.of("--cluster", quorum.clusterId(), "--ports", "" + quorum.firstPort()));
            arguments.addAll(List.of("--data", place.fresh(name).toString()));
            nodes.add(place.keep(Node.java(name, place.fresh(name + "-out"), MAIN, arguments)));
        }
    }

    void start() {
        nodes.forEach(Node::launch);
        nodes.forEach(Node::awaitReady);
    }

    int count() {
        return nodes.size();
    }

    String bootstrap() {
        return quorum.bootstrap();
    }

    /** The active one. */
    Node controller() {
        return nodes.get(controllerId() - 1);
    }

    /** Of three one that is not the active controller. */
    Node other(int number) {
        if (nodes.size() == 1) return nodes.get(0);
        List<Node> others = new ArrayList<>(nodes);
        others.remove(controllerId() - 1);
        return others.get(number % others.size());
    }

    /** Returns when all have the log up to its end. */
    void awaitInSync() {
        try (Admin admin = admin()) {
            Until.met(
                    IN_SYNC_MAX,
                    "every copy of the log is in sync",
                    () -> partitions(admin).stream().allMatch(each -> each.isr().size() == count()));
        }
    }

    private static List<TopicPartitionInfo> partitions(Admin admin) {
        KafkaFuture<TopicDescription> log = admin.describeTopics(List.of(TopicCatalogue.LOG))
                .topicNameValues()
                .get(TopicCatalogue.LOG);
        return answer(Objects.requireNonNull(log)).partitions();
    }

    private int controllerId() {
        try (Admin admin = admin()) {
            return answer(admin.describeMetadataQuorum().quorumInfo()).leaderId();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap(), "request.timeout.ms", REQUEST_MS));
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(ANSWER_MAX_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailure("no broker answers: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
