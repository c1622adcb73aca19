package dev.tidemark.bench.command;

import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.pipeline.BareRun;
import dev.tidemark.bench.pipeline.Broker;
import dev.tidemark.cli.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the bench starts for itself: a broker and a bare topology in a process of their own. */
@Command(name = "stage", hidden = true, description = "Run a broker and a bare topology until a signal.")
final class StageCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "TOPOLOGY")
    private Bare bare = Bare.PASS_THROUGH;

    @Option(names = "--data", paramLabel = "DIR", required = true)
    private Path data = Path.of("");

    @Option(names = "--kafka-port", paramLabel = "PORT", required = true)
    private int kafkaPort;

    @Option(names = "--partitions", paramLabel = "N", required = true)
    private int partitions;

    @Option(names = "--set", paramLabel = "NAME=VALUE")
    private Map<String, String> settings = new LinkedHashMap<>();

    StageCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(data.resolve("kafka"));
        try (UntilSignal life = new UntilSignal();
                Broker broker = Broker.start(data.resolve("kafka"), kafkaPort)) {
            broker.createTopics(bare, partitions);
            try (BareRun run = new BareRun(bare, broker.bootstrap(), data.resolve("state"), settings)) {
                run.start();
                surroundings.out().write("ready\n".getBytes(StandardCharsets.UTF_8));
                surroundings.out().flush();
                life.await();
            }
        }
        return 0;
    }
}
