package dev.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.file.FileStreamSinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connect's own sinks on {@code tidemark.log}, in a worker of its own process. */
@ExtendWith(SharedTidemark.class)
class ConnectSinksIT {
    private static final Duration WRITTEN_MAX = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private final RunningTidemark tidemark;

    ConnectSinksIT(RunningTidemark tidemark) {
        this.tidemark = tidemark;
    }

    @Test
    void theFileSinkWritesEveryRecordOfTheLog() throws Exception {
        new Project(tidemark, "to-file").pushNotes("a", 4);
        Path file = home.resolve("log.txt");
        Map<String, String> sink = sink("file");
        sink.put("file", file.toString());
        // The sink prints values as text; the image is the readable part of the Avro bytes.
        sink.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");

        try (ConnectStandaloneRun connect = ConnectStandaloneRun.start(home, tidemark.bootstrap(), sink)) {
            await("the file").atMost(WRITTEN_MAX).untilAsserted(() -> {
                connect.out();
                assertThat(text(file)).contains("{\"number\":1}", "{\"number\":4}");
            });
        }
    }

    @Test
    void theConsoleSinkPrintsThem() throws Exception {
        new Project(tidemark, "to-console").pushNotes("a", 7);
        Map<String, String> sink = sink("console");
        sink.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");

        try (ConnectStandaloneRun connect = ConnectStandaloneRun.start(home, tidemark.bootstrap(), sink)) {
            await("the console")
                    .atMost(WRITTEN_MAX)
                    .untilAsserted(() -> assertThat(connect.out()).contains("{\"number\":7}"));
        }
    }

    private static Map<String, String> sink(String name) {
        return new HashMap<>(Map.of(
                "name",
                name,
                "connector.class",
                FileStreamSinkConnector.class.getName(),
                "topics",
                "tidemark.log",
                "tasks.max",
                "1"));
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
