package dev.tidemark.bench.pipeline;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.bench.place.FreePorts;
import dev.tidemark.bench.place.Until;
import dev.tidemark.bench.workload.Edit;
import dev.tidemark.cli.CommandFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tidemark as {@code up} runs it: both topologies and the gateway, beside the broker in this process. */
public final class TidemarkPipeline implements Pipeline {
    private static final Duration READY_MAX = Duration.ofMinutes(10);

    private final BackboneConfig config;
    private final int port = FreePorts.neighbours(1);
    private final MutationIntake intake;
    private @Nullable Backbone backbone;

    /** @param settings NAME to VALUE, as {@code --set} takes them */
    public TidemarkPipeline(Broker broker, Path state, List<String> projects, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(Map.of("replication.factor", "1", "topics.create", "true"));
        properties.putAll(settings);
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.put("state.dir", state.toString());
        properties.put("http.port", "" + port);
        this.config = BackboneConfig.of(properties);
        this.intake = new MutationIntake(broker.bootstrap(), url(), projects);
    }

    @Override
    public String name() {
        return "tidemark";
    }

    public String url() {
        return "http://" + authority();
    }

    /** Host and port of the gateway. */
    public String authority() {
        return "127.0.0.1:" + port;
    }

    public InetSocketAddress http() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void open() {
        try {
            Backbone started = Backbone.start(config);
            backbone = started;
            Until.met(READY_MAX, "the backbone is ready", () -> {
                requireWell(started);
                return started.isReady();
            });
        } catch (BackboneRefusal e) {
            throw new CommandFailure("the backbone does not start: " + e.getMessage(), e);
        }
    }

    /** Not before the first opening, which makes the topics. */
    @Override
    public void supply(List<Edit> chunk) {
        intake.supply(chunk);
    }

    @Override
    public void supplied() {
        intake.supplied();
    }

    @Override
    public long done() {
        if (backbone != null) requireWell(backbone);
        return intake.done();
    }

    @Override
    public void pause() {
        if (backbone != null) backbone.close();
        backbone = null;
    }

    @Override
    public void close() {
        intake.close();
        pause();
    }

    private static void requireWell(Backbone backbone) {
        backbone.failure().ifPresent(text -> {
            throw new CommandFailure(text);
        });
    }
}
