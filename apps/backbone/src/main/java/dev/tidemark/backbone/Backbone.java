package dev.tidemark.backbone;

import dev.tidemark.algebra.Targets;
import dev.tidemark.backbone.control.ControlReader;
import dev.tidemark.backbone.control.ControlView;
import dev.tidemark.backbone.control.Projects;
import dev.tidemark.backbone.gateway.Gateway;
import dev.tidemark.backbone.gateway.Health;
import dev.tidemark.backbone.gateway.Services;
import dev.tidemark.backbone.gateway.Signals;
import dev.tidemark.backbone.instances.ForwardedMark;
import dev.tidemark.backbone.instances.Forwarding;
import dev.tidemark.backbone.instances.Membership;
import dev.tidemark.backbone.instances.Owners;
import dev.tidemark.backbone.metrics.Metrics;
import dev.tidemark.backbone.position.Positions;
import dev.tidemark.backbone.push.KafkaOutbox;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.backbone.push.TargetEvents;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topology.AdmitEnvironment;
import dev.tidemark.topology.AdmitTopology;
import dev.tidemark.topology.BatchAnswer;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.MaterializeTopology;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.RocksDbLibrary;
import dev.tidemark.topology.StreamsSettings;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.fence.KafkaCluster;
import dev.tidemark.topology.query.ChangeReader;
import dev.tidemark.topology.query.MappingReader;
import dev.tidemark.topology.query.ProjectReader;
import dev.tidemark.topology.query.ServedPartitions;
import dev.tidemark.topology.query.ServedStores;
import dev.tidemark.topology.query.ServingLease;
import dev.tidemark.topology.store.PendingTargets;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The backbone: both topologies and the gateway in one process. {@link #start} refuses, with a reason, wherever going on could lose
 * something; it returns while the stores are still being restored, {@link #isReady} says when they are served.
 */
public final class Backbone implements AutoCloseable {
    /** Projects, and targets, that have metrics of their own. */
    private static final int LABELS_MAX = 1_000;

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    /** A session (6 s) less a heartbeat (1 s) and a margin: before another instance can have taken over. */
    private static final Duration LEASE = Duration.ofMillis(4_500);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ServingLease lease = new ServingLease(LEASE, System::nanoTime);
    private final ServedPartitions served = new ServedPartitions(lease::holds);
    private final StreamsRun admit;
    private final StreamsRun materialize;
    private final ControlReader control;
    private final Gateway gateway;
    private final String host;

    /** @throws BackboneRefusal if the cluster, the state or the settings are not as they must be */
    public static Backbone start(BackboneConfig config) throws BackboneRefusal {
        if (!Gateway.mayBind(config.httpHost()))
            throw new BackboneRefusal(
                    "bind_refused",
                    "http.host " + config.httpHost()
                            + " is no loopback address (127.x.x.x, ::1 or localhost), and no auth is configured; use 127.0.0.1");
        Preflight.Result preflight = Preflight.run(config);
        RocksDbLibrary.unpackTo(config.stateDir().resolve("native"));
        return new Backbone(config, preflight.identity(), instance(config));
    }

    private Backbone(BackboneConfig config, ClusterIdentity identity, StreamsSettings.Instance instance)
            throws BackboneRefusal {
        this.host = config.httpHost();
        Map<String, Object> clients = config.clients();
        TopicLimits limits = config.topicLimits();
        EmbeddedSchemas embedded = new EmbeddedSchemas();
        WireCodec codec = new WireCodec(Codecs.schemaIds(config, embedded));
        ExecutorService answering = Answering.threads();
        open.push(answering::shutdownNow);
        Waiting<BatchAnswer> batches = new Waiting<>(config.pushPendingMax(), config.pushWait(), answering);
        Waiting<Targets.Decision> targets = new Waiting<>(config.pushPendingMax(), config.pushWait(), answering);
        Waiting<ControlView.Answer> commands = new Waiting<>(config.pushPendingMax(), config.pushWait(), answering);
        Signals signals = new Signals(answering);
        Metrics metrics = keep(new Metrics());
        KafkaCluster cluster = keep(new KafkaCluster(clients, codec));
        int messageBytes = limits.size().maxMessageBytes();
        Committed committed = new Committed(batches, targets, served, signals, metrics, identity.partitions());
        this.admit = new StreamsRun(
                Names.ADMIT_APP,
                AdmitTopology.build(new AdmitEnvironment(
                        codec,
                        cluster,
                        identity,
                        config.admitLimits(),
                        messageBytes,
                        config.pruning(),
                        metrics.admit())),
                StreamsSettings.admit(instance, config.admitOverrides()),
                () -> {});
        PendingTargets pending = new PendingTargets(identity.partitions());
        this.materialize = new StreamsRun(
                Names.MATERIALIZE_APP,
                MaterializeTopology.build(new MaterializeEnvironment(
                        codec, cluster, identity, config.keeping(), messageBytes, pending, committed)),
                StreamsSettings.materialize(instance, config.materializeOverrides()),
                pending::committed);
        open.push(materialize);
        open.push(admit);
        KafkaOutbox outbox = keep(new KafkaOutbox(clients, codec, identity.partitions(), messageBytes));
        ControlView decided = new ControlView(commands);
        this.control = keep(new ControlReader(clients, codec, identity.partitions(), decided));
        ServedStores stores = new ServedStores(materialize.streams(), served, identity.partitions());
        ProjectReader reader = new ProjectReader(stores, pending, identity);
        MappingReader mapping = new MappingReader(stores);
        Projects projects = new Projects(decided, outbox, commands);
        Positions positions = new Positions(projects, reader, mapping, Clock.systemUTC());
        metrics.watch(Names.ADMIT_APP, admit.streams());
        metrics.watch(Names.MATERIALIZE_APP, materialize.streams());
        metrics.gauge("tidemark.push.waiting", "batches of this instance whose outcome is awaited", batches::size);
        metrics.gauge("tidemark.readers.waiting", "readers of this instance that wait for a record", signals::waiting);
        Services services = new Services(
                new Pushes(outbox, batches, answering, metrics::onVisible),
                new TargetEvents(outbox, targets),
                projects,
                reader,
                new ServedChanges(new ChangeReader(stores, reader, cluster)),
                mapping,
                signals,
                answering,
                embedded,
                this::health,
                () -> metrics.scrape(positions.now(LABELS_MAX, LABELS_MAX)),
                forwarding(config, identity),
                new Services.Limits(config.bodyBytesMax(), limits.size().maxRecordBytes() / 2, HEARTBEAT));
        this.gateway = startGateway(services, config);
        open.push(gateway);
        metrics.gauge("tidemark.streams.open", "streams of changes that readers hold open", gateway::openStreams);
        Membership membership =
                keep(new Membership(Admin.create(clients), lease, instance.instanceId(), identity.partitions()));
        membership.start();
        control.start();
        materialize.start();
        admit.start();
    }

    /** Where the gateway answers. */
    public URI address() {
        return URI.create("http://" + authority(host, gateway.port()));
    }

    /** Whether everything is served. */
    public boolean isReady() {
        return admit.isRunning()
                && materialize.isRunning()
                && served.isCaughtUp()
                && control.isCaughtUp()
                && failure().isEmpty();
    }

    /** Why it will not go on without help. */
    public Optional<String> failure() {
        return admit.failure().or(materialize::failure);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                org.slf4j.LoggerFactory.getLogger(Backbone.class)
                        .atWarn()
                        .setCause(e)
                        .log("closing failed");
            }
        }
    }

    private Forwarding forwarding(BackboneConfig config, ClusterIdentity identity) throws BackboneRefusal {
        Owners owners = new Owners(
                () -> materialize.streams().metadataForAllStreamsClients(),
                HostInfo.buildFromEndpoint(advertised(config)));
        ForwardedMark mark = new ForwardedMark(config.clusterSecret(), Clock.systemUTC());
        return new Forwarding(owners, served::isServed, identity.partitions(), mark);
    }

    private Health health() {
        return new Health(
                isReady(),
                admit.state(),
                materialize.state(),
                served.now(),
                failure().orElse(""));
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.push(closeable);
        return closeable;
    }

    private Gateway startGateway(Services services, BackboneConfig config) throws BackboneRefusal {
        try {
            return Gateway.start(services, Clock.systemUTC(), config.httpHost(), config.httpPort());
        } catch (JavalinException e) {
            close();
            throw new BackboneRefusal(
                    "port_in_use",
                    "cannot listen on " + authority(config.httpHost(), config.httpPort()) + ": " + e.getMessage()
                            + "; stop who uses the port, or name another one with --port");
        }
    }

    private static String authority(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Where other instances reach this one. */
    private static String advertised(BackboneConfig config) throws BackboneRefusal {
        return authority(config.httpHost(), Math.max(1, config.httpPort()));
    }

    private static StreamsSettings.Instance instance(BackboneConfig config) throws BackboneRefusal {
        return new StreamsSettings.Instance(
                config.clients(),
                config.stateDir(),
                InstanceId.of(config.stateDir()),
                advertised(config),
                new StreamsSettings.Copies(config.replicationFactor(), config.standbys()),
                config.topicLimits().size().maxMessageBytes());
    }
}
