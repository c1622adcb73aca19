package dev.tidemark.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEverySubcommandButTheOneForItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ingest", "latency", "http", "pull", "memory", "recovery", "growth", "chaos", "jmh")
                .doesNotContain("stage", "Run a Kafka broker");
    }

    @Test
    void unknownTopologyIsWrongUsage() {
        assertThat(run("ingest", "--beside", "two-stores")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("two-stores").hasLineCount(1);
    }

    @Test
    void tooFewEntitiesForTheProjectsIsWrongUsage() {
        assertThat(run("ingest", "--entities", "300", "--projects", "4")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("at least 100 entities")
                .hasLineCount(1);
    }

    @Test
    void twoBrokersAreWrongUsage() {
        assertThat(run("chaos", "--brokers", "2")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--brokers is 1 or 3")
                .hasLineCount(1);
    }

    @Test
    void aStrikeThatTheServersDoNotKnowIsWrongUsage() {
        assertThat(run("chaos", "--strikes", "up,broker")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("these servers know up, up-twice, pause, not broker")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Surroundings.ErrKind.PLAIN,
                Map.of());
        return BenchCommands.run(surroundings, arguments);
    }
}
