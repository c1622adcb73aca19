package dev.tidemark.bench.command;

import dev.tidemark.bench.chaos.cluster.Quorum;
import dev.tidemark.bench.chaos.cluster.QuorumNode;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.embedded.RunLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the bench starts for itself: one broker of several, in a process of its own. */
@Command(name = "broker", hidden = true, description = "Run a Kafka broker until a signal.")
final class BrokerCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--node", paramLabel = "ID", required = true)
    private int node;

    @Option(names = "--of", paramLabel = "COUNT", required = true)
    private int of;

    @Option(names = "--cluster", paramLabel = "ID", required = true)
    private String cluster = "";

    @Option(names = "--ports", paramLabel = "FIRST", required = true)
    private int ports;

    @Option(names = "--data", paramLabel = "DIR", required = true)
    private Path data = Path.of("");

    BrokerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        RunLog.open(Path.of("broker.log").toAbsolutePath(), "INFO");
        try (UntilSignal life = new UntilSignal();
                QuorumNode broker = QuorumNode.start(new Quorum(cluster, of, ports), node, data)) {
            surroundings.out().write(("ready " + broker.bootstrap() + "\n").getBytes(StandardCharsets.UTF_8));
            surroundings.out().flush();
            life.await();
        }
        return 0;
    }
}
