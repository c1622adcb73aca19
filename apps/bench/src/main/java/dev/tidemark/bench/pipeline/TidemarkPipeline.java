package dev.tidemark.bench.pipeline;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.bench.place.Until;
import dev.tidemark.bench.workload.Edit;
import dev.tidemark.cli.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tidemark as {@code up} runs it: both topologies and the gateway, beside the broker in one process. */
public final class TidemarkPipeline implements Pipeline {
    private static final Duration READY_MAX = Duration.ofMinutes(10);

    private final BackboneConfig config;
    private final List<String> projects;
    private final String bootstrap;
    private @Nullable MutationSender sender;
    private @Nullable Backbone backbone;
    private @Nullable Heads heads;

    /** @param settings NAME to VALUE, as {@code --set} takes them */
    public TidemarkPipeline(Broker broker, Path state, List<String> projects, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(Map.of("replication.factor", "1", "topics.create", "true"));
        properties.putAll(settings);
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.put("state.dir", state.toString());
        properties.put("http.port", "0");
        this.config = BackboneConfig.of(properties);
        this.bootstrap = broker.bootstrap();
        this.projects = projects;
    }

    @Override
    public String name() {
        return "tidemark";
    }

    @Override
    public void open() {
        try {
            Backbone started = Backbone.start(config);
            backbone = started;
            heads = new Heads(address(started), projects);
            Until.met(READY_MAX, "the backbone is ready", () -> {
                started.failure().ifPresent(text -> {
                    throw new CommandFailure(text);
                });
                return started.isReady();
            });
        } catch (BackboneRefusal e) {
            throw new CommandFailure("the backbone does not start: " + e.getMessage(), e);
        }
    }

    /** The topics are there only after the first opening. */
    @Override
    public void supply(List<Edit> chunk) {
        if (sender == null) sender = new MutationSender(bootstrap, projects);
        sender.send(chunk);
    }

    @Override
    public void supplied() {
        if (sender != null) sender.flush();
    }

    @Override
    public long done() {
        if (backbone == null || heads == null) throw new IllegalStateException("not open");
        backbone.failure().ifPresent(text -> {
            throw new CommandFailure(text);
        });
        return heads.records();
    }

    /** Where the gateway answers; only while open. */
    public String server() {
        if (backbone == null) throw new IllegalStateException("not open");
        return address(backbone);
    }

    @Override
    public void pause() {
        if (backbone != null) backbone.close();
        backbone = null;
    }

    @Override
    public void close() {
        if (sender != null) sender.close();
        pause();
    }

    private static String address(Backbone backbone) {
        String address = backbone.address().toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
