package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.connect.file.FileStreamSinkConnector;
import org.apache.kafka.connect.file.FileStreamSourceConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker of {@code up} with Kafka's own file connectors: what they do goes on after a stop and after a kill. */
class ConnectIT {
    private static final Duration WRITTEN_MAX = Duration.ofSeconds(60);
    private static final String STRINGS = "org.apache.kafka.connect.storage.StringConverter";
    private static final String LINES = "lines";

    @TempDir
    Path home;

    private Up up;
    private Path source;
    private Path sink;

    @BeforeEach
    void starts() throws IOException {
        up = Up.withConnect(home);
        source = Files.createFile(home.resolve("source.txt"));
        sink = home.resolve("sink.txt");
    }

    @AfterEach
    void stops() {
        up.close();
    }

    @Test
    void connectorsAreTakenUpAgainAfterAStopAndAfterAKill() {
        up.start();
        create("from-file", FileStreamSourceConnector.class, "file", source.toString(), "topic", LINES);
        create("to-file", FileStreamSinkConnector.class, "file", sink.toString(), "topics", "tidemark.log");
        bothCarry(1);

        assertThat(up.stop()).isZero();
        up.start();
        bothCarry(2);
        assertThat(lines()).as("a stop keeps the source's place").containsExactly("line 1", "line 2");

        up.kill();
        up.start();
        bothCarry(3);
        assertThat(lines().stream().distinct()).containsExactly("line 1", "line 2", "line 3");
    }

    @Test
    void readyIsSaidWhenTheWorkerIsAndItListensOnThisMachineAlone() {
        up.start();
        assertThat(up.connect().get("/connectors").expect(200).text()).isEqualTo("[]");
        assertThat(up.connect().get("/").expect(200).json().path("version").asText())
                .startsWith("4.");
        assertThat(up.data().resolve("plugins")).isDirectory();
        assertThat(up.child().err()).isEmpty();
        assertThat(up.stop()).isZero();
        assertThat(up.child().err()).isEmpty();
    }

    @Test
    void pagesOfOtherSitesAreRefused() {
        up.start();
        assertThat(up.connect()
                        .get("/connectors", "Origin", "http://localhost:3000")
                        .status())
                .isEqualTo(200);
        assertThat(up.connect()
                        .get("/connectors", "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(rawStatus("GET /connectors HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    /** What answers a request of which even the Host is the caller's own. */
    private String rawStatus(String request) {
        try (Socket socket = new Socket("127.0.0.1", up.connectPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout((int) WRITTEN_MAX.toMillis());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more line and one more note, and both arrive where their connector brings them. */
    private void bothCarry(int number) {
        append("line " + number + "\n");
        up.project("p").pushed(PushBody.by("laptop").upsert(number, "n" + number, "{\"number\":" + number + "}"));
        await("the note in the sink's file")
                .atMost(WRITTEN_MAX)
                .untilAsserted(() -> assertThat(sunk()).contains("{\"number\":" + number + "}"));
        await("the line in the source's topic")
                .atMost(WRITTEN_MAX)
                .untilAsserted(() -> assertThat(lines()).contains("line " + number));
    }

    private void create(String name, Class<?> connector, String... settings) {
        StringBuilder config = new StringBuilder("{\"connector.class\":" + PushBody.quoted(connector.getName()));
        for (int i = 0; i < settings.length; i += 2)
            config.append(",")
                    .append(PushBody.quoted(settings[i]))
                    .append(":")
                    .append(PushBody.quoted(settings[i + 1]));
        config.append(",\"value.converter\":").append(PushBody.quoted(STRINGS));
        config.append(",\"topic.creation.default.replication.factor\":1,\"topic.creation.default.partitions\":1}");
        up.connect().put("/connectors/" + name + "/config", config.toString()).expect(201);
    }

    private List<String> lines() {
        return ProjectLog.committed(up.bootstrap(), LINES).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The sink prints values as text; the image is the readable part of the Avro bytes. */
    private String sunk() throws IOException {
        return Files.exists(sink) ? new String(Files.readAllBytes(sink), StandardCharsets.UTF_8) : "";
    }

    private void append(String text) {
        try {
            Files.writeString(source, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
