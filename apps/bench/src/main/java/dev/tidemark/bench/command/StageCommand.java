package dev.tidemark.bench.command;

import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.pipeline.BareRun;
import dev.tidemark.bench.pipeline.Broker;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            await(closed);
        }));
        endWithParent();
        Files.createDirectories(data.resolve("kafka"));
        try (Broker broker = Broker.start(data.resolve("kafka"), kafkaPort)) {
            broker.createTopics(bare, partitions);
            try (BareRun run = new BareRun(bare, broker.bootstrap(), data.resolve("state"), settings)) {
                run.start();
                surroundings.out().write("ready\n".getBytes(StandardCharsets.UTF_8));
                surroundings.out().flush();
                await(asked);
            }
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private static void endWithParent() {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> parent.onExit()
                        .whenComplete((gone, error) -> Runtime.getRuntime().halt(1)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
