package dev.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what the README shows. */
@ExtendWith(SharedTidemark.class)
class ExamplesIT {
    private static final Duration COUNTED_MAX = Duration.ofSeconds(40);

    private final RunningTidemark tidemark;

    ExamplesIT(RunningTidemark tidemark) {
        this.tidemark = tidemark;
    }

    @Test
    void aDirectPushHasItsOutcomesAndASecondOneChangesNothing() {
        String first = printed(() -> PushDirectly.main(new String[] {tidemark.bootstrap(), "direct"}));
        String second = printed(() -> PushDirectly.main(new String[] {tidemark.bootstrap(), "direct"}));

        assertThat(first.lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).contains("accepted"))
                .contains("local_seq 2  accepted  version 2  ordinal 1");
        assertThat(second.lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).contains("duplicate"));
        assertThat(new Project(tidemark, "direct").head().path("count").asInt()).isEqualTo(2);
    }

    @Test
    void countsFollowTheLogAndFallWithDeletes(@TempDir Path state) {
        Project project = new Project(tidemark, "counted");
        project.pushNotes("a", 12);
        project.push(
                "b", "{\"local_seq\":1,\"entity\":\"image\",\"entity_key\":\"i/1\",\"op\":\"upsert\",\"payload\":{}}");
        Map<String, Long> counts = new ConcurrentSkipListMap<>();
        Properties settings = CountByType.settings(tidemark.bootstrap(), state.toString());
        StreamsBuilder builder = new StreamsBuilder();
        EntityCounts.of(builder).toStream().foreach((type, count) -> counts.put(type, count == null ? 0 : count));
        try (KafkaStreams streams = new KafkaStreams(builder.build(settings), settings)) {
            streams.start();
            awaitCounts(counts, Map.of("counted/note", 12L, "counted/image", 1L));

            project.push(
                    "c",
                    "{\"local_seq\":1,\"entity\":\"note\",\"entity_key\":\"n5\",\"op\":\"delete\"},"
                            + "{\"local_seq\":2,\"entity\":\"note\",\"entity_key\":\"n6\",\"op\":\"upsert\",\"payload\":{\"six\":6}},"
                            + "{\"local_seq\":3,\"entity\":\"image\",\"entity_key\":\"i/1\",\"op\":\"delete\"}");

            awaitCounts(counts, Map.of("counted/note", 11L, "counted/image", 0L));
        }
    }

    private static void awaitCounts(Map<String, Long> counts, Map<String, Long> wanted) {
        await("counts")
                .atMost(COUNTED_MAX)
                .untilAsserted(() -> assertThat(counts).containsAllEntriesOf(wanted));
    }

    @Test
    void asksByKeyThenByQueryThenWhatChangedSinceLastTime() {
        PushDirectly.main(new String[] {tidemark.bootstrap(), "asked"});
        String[] arguments = {tidemark.server(), "asked", "note", "d1"};

        String first = printed(() -> AskBackbone.main(arguments));
        String second = printed(() -> AskBackbone.main(arguments));

        assertThat(first)
                .contains("d1 is {\"seq\":")
                .contains("four stars: d1")
                .contains("\"op\":\"delete\"")
                .contains("3 changes since the last run");
        assertThat(second).contains("0 changes since the last run");
    }

    @Test
    void aListingGoesOverAllPages() {
        Project project = new Project(tidemark, "listed");
        project.pushNotes("a", 25);
        BackboneClient backbone = new BackboneClient(tidemark.server(), "listed");
        StringBuilder numbers = new StringBuilder();

        backbone.entities("note", "number in [3, 7, 25]", 2)
                .forEachRemaining(note ->
                        numbers.append(note.at("/payload/number").asInt()).append(' '));

        assertThat(numbers).hasToString("25 3 7 ");
        assertThat(backbone.entity("note", "nobody")).isEmpty();
    }

    private static String printed(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
