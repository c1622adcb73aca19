package dev.tidemark.cli.command;

import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.backbone.RepairSetups;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.cluster.KafkaTarget;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import dev.tidemark.cli.embedded.FileTree;
import dev.tidemark.cli.embedded.Ports;
import dev.tidemark.cli.embedded.RunDirectory;
import dev.tidemark.cli.embedded.RunLog;
import dev.tidemark.topology.repair.RepairSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a repair works: a directory of {@code up}, which is then in use, or a Kafka of the user's. */
final class RepairPlace implements AutoCloseable {
    private final RepairSetup setup;
    private final Deque<AutoCloseable> open;
    private final boolean knowsState;

    private RepairPlace(Map<String, String> properties, RepairSetup.Members members, Deque<AutoCloseable> open) {
        this.setup = setup(properties, members);
        this.open = open;
        this.knowsState = properties.containsKey(SettingCatalogue.STATE_DIR);
    }

    /** Nobody else can reach the broker: the directory is ours, and the port is one that nobody knows. */
    static RepairPlace inDirectory(EffectiveConfig settings) {
        Path data = settings.path(SettingCatalogue.DATA_DIR);
        if (!RunDirectory.isOne(data))
            throw new CommandFailure(
                    data + " is no data directory of Tidemark; name it with --data, or a Kafka of yours with"
                            + " --bootstrap");
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            RunDirectory home = RunDirectory.claim(data);
            open.push(home);
            RunLog.open(home.logFile(), settings.text(SettingCatalogue.LOG_LEVEL));
            EmbeddedBroker broker = EmbeddedBroker.start(home.kafka(), Ports.freePair());
            open.push(broker);
            Map<String, String> properties = new HashMap<>();
            properties.put("replication.factor", "1");
            properties.putAll(settings.saidForBackbone());
            properties.put(SettingCatalogue.BOOTSTRAP, broker.bootstrapServers());
            properties.put(SettingCatalogue.STATE_DIR, home.state().toString());
            return new RepairPlace(properties, RepairSetup.Members.REMOVE, open);
        } catch (RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    static RepairPlace onCluster(EffectiveConfig settings) {
        KafkaTarget.requireListening(settings.text(SettingCatalogue.BOOTSTRAP));
        return new RepairPlace(settings.saidForBackbone(), RepairSetup.Members.AWAIT, new ArrayDeque<>());
    }

    private static RepairSetup setup(Map<String, String> properties, RepairSetup.Members members) {
        try {
            return RepairSetups.of(BackboneConfig.of(properties), members);
        } catch (BackboneRefusal refusal) {
            throw new UsageFailure(String.valueOf(refusal.getMessage()));
        }
    }

    RepairSetup setup() {
        return setup;
    }

    /** What was restored from changelogs that are written anew; other instances find it out by themselves. */
    void forgetLocalState(List<String> applications) {
        if (!knowsState) return;
        Path state = setup.instance().stateDir();
        for (String application : applications) {
            try {
                FileTree.delete(state.resolve(application));
            } catch (IOException e) {
                throw new CommandFailure("cannot delete " + state.resolve(application) + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        closeAll(open);
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new CommandFailure("cannot close: " + e.getMessage(), e);
            }
        }
    }
}
