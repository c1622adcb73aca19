package dev.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.bench.command.BenchCommands;
import dev.tidemark.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each subcommand once, as small as it goes: real brokers, real servers, figures that mean nothing. */
class BenchIT {
    @TempDir
    Path directory;

    @Test
    void ingestComparesBothTopologiesWithBareOnes() throws Exception {
        JsonNode result = run("ingest", "--updates", "800", "--rounds", "1", "--entities", "400");

        assertThat(names(result)).containsExactly("pass-through", "one-store", "tidemark");
        assertThat(result.at("/measures/1/of_one_store").asDouble()).isEqualTo(1);
        assertThat(result.at("/measures/2/of_one_store").asDouble()).isPositive();
    }

    @Test
    void latencyHasPercentilesOfEverySecond() throws Exception {
        JsonNode result = run(
                "latency",
                "--rate",
                "50",
                "--seconds",
                "1",
                "--warm-seconds",
                "1",
                "--beside",
                "one-store",
                "--entities",
                "400");

        assertThat(names(result)).containsExactly("one-store", "tidemark");
        assertThat(result.at("/measures/1/per_s").asDouble()).isEqualTo(50);
        assertThat(result.at("/measures/1/p99").asDouble()).isPositive();
    }

    @Test
    void httpPushesFromAllReplicas() throws Exception {
        JsonNode result = run(
                "http",
                "--in-flight",
                "16",
                "--seconds",
                "1",
                "--warm-seconds",
                "1",
                "--beside",
                "none",
                "--entities",
                "400");

        assertThat(names(result)).containsExactly("tidemark");
        assertThat(result.at("/measures/0/max").asDouble()).isPositive();
    }

    @Test
    void pullReadsEveryChange() throws Exception {
        JsonNode result = run("pull", "--rounds", "1", "--entities", "400");

        assertThat(names(result)).containsExactly("kafka consumer", "pull");
        assertThat(result.at("/measures/1/b_change").asDouble()).isGreaterThan(300);
    }

    @Test
    void memoryIsThatOfServersThatIdle() throws Exception {
        JsonNode result = run("memory", "--beside", "none", "--idle-seconds", "1", "--entities", "400");

        assertThat(names(result)).containsExactly("up, empty", "up, filled", "up, started again");
        assertThat(result.at("/measures/2/resident").asDouble()).isGreaterThan(50);
    }

    @Test
    void recoveryEndsWithNothingLost() throws Exception {
        JsonNode result = run("recovery", "--kills", "1", "--updates", "200", "--entities", "400");

        assertThat(names(result)).contains("one-store, ready", "up, first pull", "up, worked off");
    }

    @Test
    void chaosEndsWithoutViolations() throws Exception {
        JsonNode result = run("chaos", "--kills", "2", "--projects", "1");

        assertThat(names(result)).contains("up killed", "up killed while starting", "records", "violations");
        assertThat(result.at("/measures/2/count").asInt()).as("mutations").isPositive();
    }

    @Test
    void growthIsOfEntitiesAndOfTargets() throws Exception {
        JsonNode result = run("growth", "--updates", "400", "--targets", "5", "--projects", "1", "--entities", "400");

        assertThat(names(result)).contains("tidemark, 400", "ack, 5 targets", "mutation, 5 targets");
    }

    @Test
    void jmhRunsWhatThePatternNames() throws Exception {
        JsonNode result = run("jmh", "CursorToken.*encode", "--iterations", "1", "--iteration-ms", "50");

        assertThat(names(result)).containsExactly("CursorToken.encode");
    }

    private JsonNode run(String... arguments) throws Exception {
        Path work = directory.resolve("work");
        Path json = directory.resolve("result.json");
        List<String> all = new ArrayList<>(List.of(arguments));
        // One partition: servers open a sixth of the stores.
        if (!arguments[0].equals("jmh")) all.addAll(List.of("--set", "partitions=1"));
        all.addAll(List.of("--work", work.toString(), "--json", json.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Surroundings.ErrKind.PLAIN,
                Map.of());

        int status = BenchCommands.run(surroundings, all.toArray(String[]::new));

        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("unit");
        if (work.toFile().exists()) assertThat(work).isEmptyDirectory();
        return new ObjectMapper().readTree(json.toFile());
    }

    private static List<String> names(JsonNode result) {
        return Stream.iterate(0, i -> i < result.path("measures").size(), i -> i + 1)
                .map(i -> result.path("measures").get(i).path("name").asText())
                .toList();
    }
}
