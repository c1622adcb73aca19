package dev.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kafkajs} with either of the two registry clients that npm has. */
@ExtendWith(SharedTidemark.class)
class NodeClientsIT {
    private static final Duration SCRIPT_MAX = Duration.ofSeconds(60);

    private static Path home;

    private final RunningTidemark tidemark;

    NodeClientsIT(RunningTidemark tidemark) {
        this.tidemark = tidemark;
    }

    @BeforeAll
    static void findsNode() throws Exception {
        home = NodeModules.home();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafkajs", "confluentinc"})
    void readsTheLogAndItsHeadersWithTheSchemasOfTheRegistry(String registryClient) throws Exception {
        Project project = new Project(tidemark, "node-reads-" + registryClient);
        project.pushNotes("a", 3);
        project.push("b", "{\"local_seq\":1,\"entity\":\"note\",\"entity_key\":\"n2\",\"op\":\"delete\"}");

        List<JsonNode> records = lines(node("read.js", registryClient, project.name(), "4"));

        assertThat(records).extracting(each -> each.path("ordinal").asInt()).containsExactly(1, 2, 3, 4);
        assertThat(records.get(2).path("path").asText()).isEqualTo(project.name() + "/note/n3");
        assertThat(records.get(2).path("image").asText()).isEqualTo("{\"number\":3}");
        assertThat(records.get(3).path("image").isNull()).isTrue();
        assertThat(records.get(3).path("digest").asText())
                .isEqualTo(project.head().path("digest").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafkajs", "confluentinc"})
    void writesABatchThatIsAdmitted(String registryClient) throws Exception {
        Project project = new Project(tidemark, "node-writes-" + registryClient);

        node("push.js", registryClient, project.name());

        assertThat(project.awaitDecided(registryClient, 2).findValuesAsText("outcome"))
                .containsExactly("accepted", "accepted");
    }

    private String node(String script, String registryClient, String project, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("node", script, registryClient, tidemark.bootstrap(), tidemark.registry(), project));
        command.addAll(List.of(more));
        Program.Ended ended = Program.run(home, SCRIPT_MAX, command);
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended.out();
    }

    private static List<JsonNode> lines(String out) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.lines().toList()) lines.add(Http.JSON.readTree(line));
        return lines;
    }
}
