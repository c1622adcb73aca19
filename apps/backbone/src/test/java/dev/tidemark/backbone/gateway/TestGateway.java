package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.Targets;
import dev.tidemark.backbone.control.ControlView;
import dev.tidemark.backbone.control.Projects;
import dev.tidemark.backbone.instances.ForwardedMark;
import dev.tidemark.backbone.instances.Forwarding;
import dev.tidemark.backbone.instances.Owners;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.backbone.push.TargetEvents;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Head;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Refusal;
import dev.tidemark.topology.BatchAnswer;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.query.MappingReader;
import dev.tidemark.topology.query.ProjectReader;
import dev.tidemark.topology.query.ServedPartitions;
import dev.tidemark.topology.query.ServedStores;
import dev.tidemark.topology.store.PendingTargets;
import dev.tidemark.wire.EmbeddedSchemas;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;

/**
 * A gateway on fakes: batches and commands are decided here, changes are served from memory, and the stores that belong to Kafka
 * Streams are never opened, as while it starts.
 */
final class TestGateway implements AutoCloseable {
    static final int BODY_BYTES_MAX = 100_000;

    final FakeOutbox outbox = new FakeOutbox();
    final FakeChanges changes = new FakeChanges();
    final ExecutorService answering = Executors.newFixedThreadPool(2);
    final Signals signals = new Signals(answering);
    final ContractClient http;
    volatile Health health = new Health(true, "RUNNING", "RUNNING", List.of(), "");

    private final Waiting<BatchAnswer> batches;
    private final Waiting<Targets.Decision> targets = new Waiting<>(100, Duration.ofSeconds(5), answering);
    private final Waiting<ControlView.Answer> commands = new Waiting<>(100, Duration.ofSeconds(5), answering);
    private final ControlView view = new ControlView(commands);
    private final KafkaStreams unopened;
    private final Services services;
    /** What Kafka Streams would say of all instances. */
    volatile List<StreamsMetadata> assigned = List.of();
    /** Whether the one partition is served by this instance. */
    volatile boolean owned = true;

    private final Owners owners = new Owners(() -> assigned, new HostInfo("127.0.0.1", 1));

    private final Gateway gateway;
    private final AtomicLong ordinal = new AtomicLong();

    TestGateway(Path dir) {
        this(dir, 100);
    }

    TestGateway(Path dir, int pendingMax) {
        this.batches = new Waiting<>(pendingMax, Duration.ofSeconds(5), answering);
        this.unopened = unopened(dir);
        ServedStores stores = new ServedStores(unopened, new ServedPartitions(partition -> true), 1);
        ProjectReader reader =
                new ProjectReader(stores, new PendingTargets(1), new ClusterIdentity("cluster", "topic", 1));
        this.services = new Services(
                new Pushes(outbox, batches, answering, latency -> {}),
                new TargetEvents(outbox, targets),
                new Projects(view, outbox, commands),
                reader,
                changes,
                new MappingReader(stores),
                signals,
                answering,
                new EmbeddedSchemas(),
                () -> health,
                () -> "# HELP x what it is\nx 1.0\n",
                new Forwarding(owners, partition -> owned, 1, new ForwardedMark("", Clock.systemUTC())),
                new Services.Limits(BODY_BYTES_MAX, 20_000, Duration.ofMillis(200)));
        this.gateway = Gateway.start(services, Clock.systemUTC(), "127.0.0.1", 0);
        this.http = new ContractClient(gateway.port());
        outbox.onBatch = this::accept;
    }

    List<Gateway.Route> routes() {
        return Gateway.routes(services);
    }

    int openStreams() {
        return gateway.openStreams();
    }

    int port() {
        return gateway.port();
    }

    /** A record that readers see and are woken by. */
    void commit(String project, String entity, String payload) {
        changes.add(project, entity, payload);
        signals.advanced(project);
    }

    /** Answers as if every mutation had been accepted. */
    void accept(MutationBatch batch, String requestId) {
        List<MappedOrigin> outcomes = batch.mutations().stream()
                .map(mutation -> accepted(mutation.localSeq(), ordinal.incrementAndGet()))
                .toList();
        batches.answer(requestId, new BatchAnswer(requestId, batch.replica(), null, outcomes, head()));
    }

    void refuse(MutationBatch batch, String requestId, Refusal refusal) {
        batches.answer(requestId, new BatchAnswer(requestId, batch.replica(), refusal, List.of(), head()));
    }

    /** What was decided of a project, as its topic says it. */
    void decided(String project, String requestId, String body) {
        try {
            view.take(new ControlState(project, ControlState.PROJECT, project, requestId, body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void refused(ControlCommand command, String code) {
        try {
            view.take(new LifecycleEvent(
                    command.project(),
                    LifecycleEvent.COMMAND_REFUSED,
                    command.name(),
                    command.requestId(),
                    "{\"code\":\"" + code + "\",\"detail\":\"because\"}"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void decided(String requestId, Targets.Decision decision) {
        targets.answer(requestId, decision);
    }

    @Override
    public void close() {
        gateway.close();
        unopened.close();
        answering.shutdownNow();
    }

    private static MappedOrigin accepted(long localSeq, long ordinal) {
        Outcome outcome = new Outcome(
                localSeq, Outcome.Kind.ACCEPTED, false, new Ordinal(ordinal), new Ordinal(ordinal), 1, null, null);
        return new MappedOrigin(outcome, new CloudSeq(2 * ordinal), new CloudSeq(2 * ordinal));
    }

    private Head head() {
        long last = ordinal.get();
        return new Head(FakeChanges.EPOCH, new CloudSeq(2 * last), new Ordinal(last), last, Digest.ZERO, CloudSeq.NONE);
    }

    private static KafkaStreams unopened(Path dir) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "never-opened");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
        Topology topology = new Topology();
        topology.addSource("source", "topic");
        return new KafkaStreams(topology, settings);
    }
}
