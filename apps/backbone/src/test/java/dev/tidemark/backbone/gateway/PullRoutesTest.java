package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.topology.query.NotServed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullRoutesTest {
    private static final String PATH = "/v1/projects/p/changes";
    private static final String EVENTS = "text/event-stream";
    private static final String LINES = "application/x-ndjson";

    @TempDir
    Path dir;

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(dir);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void goesThroughAProjectPageByPage() {
        commit(5);

        List<Integer> seqs = new ArrayList<>();
        String cursor = "";
        JsonNode page;
        do {
            page = gateway.http.get(PATH + "?limit=2" + cursor).json();
            page.path("changes").forEach(change -> seqs.add(change.path("seq").asInt()));
            cursor = "&cursor=" + page.path("cursor").asText();
        } while (page.path("has_more").asBoolean());

        assertThat(seqs).containsExactly(2, 4, 6, 8, 10);
        assertThat(page.at("/head/digest").asText()).hasSize(32);
    }

    @Test
    void showsTheTypesThatAreAskedFor() {
        gateway.commit("p", "note", "{}");
        gateway.commit("p", "image", "{}");
        gateway.commit("p", "file", "{}");

        JsonNode page = gateway.http.get(PATH + "?entity=note&entity=file").json();

        assertThat(page.path("changes").findValuesAsText("entity")).containsExactly("note", "file");
        assertThat(page.path("head").has("digest")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=10001, limit",
        "limit=x, limit",
        "wait=61, wait",
        "wait=-1, wait",
        "full=yes, full",
        "entity=.x, entity",
        "target=a%20b, target",
        "incarnation=b1, incarnation",
        "cursor=a&cursor=b, cursor"
    })
    void refusesBadParameters(String query, String parameter) {
        ContractClient.Answer answer = gateway.http.get(PATH + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo(parameter);
    }

    @Test
    void refusesCursorsThatCannotBeHonoured() {
        commit(1);
        String of = CursorToken.encode(Cursor.earliest("p", new Epoch(99), 0));

        assertThat(gateway.http.get(PATH + "?cursor=nonsense").code()).isEqualTo("cursor_invalid");
        assertThat(gateway.http.get(PATH + "?cursor=" + of).status()).isEqualTo(410);
        assertThat(gateway.http.get(PATH, "Accept", EVENTS, "Last-Event-ID", of).status())
                .isEqualTo(410);
        assertThat(gateway.http.get(PATH + "?cursor=" + of, "Accept", LINES).status())
                .isEqualTo(410);
    }

    @Test
    void servesNothingThatIsNotAcceptable() {
        assertThat(gateway.http.get(PATH, "Accept", "text/html").status()).isEqualTo(406);
    }

    @Test
    void answersAProjectWithoutARecordAtOnceUnlessAskedToWait() {
        JsonNode page = gateway.http.get(PATH).json();

        assertThat(page.path("changes")).isEmpty();
        assertThat(page.path("has_more").asBoolean()).isFalse();
        assertThat(page.at("/head/seq").asInt()).isEqualTo(-1);
        assertThat(gateway.signals.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"application/json", LINES})
    void waitsForTheFirstRecordOfAProject(String accept) throws Exception {
        CompletableFuture<ContractClient.Answer> answer =
                CompletableFuture.supplyAsync(() -> gateway.http.get(PATH + "?wait=30", "Accept", accept));
        await().until(() -> gateway.signals.waiting() == 1);

        commit(1);

        assertThat(answer.get(10, TimeUnit.SECONDS).json().path("changes")).hasSize(1);
        assertThat(gateway.signals.waiting()).isZero();
    }

    @Test
    void waitsOnWhileOnlyHiddenTypesChange() throws Exception {
        CompletableFuture<ContractClient.Answer> answer =
                CompletableFuture.supplyAsync(() -> gateway.http.get(PATH + "?wait=30&entity=note"));
        await().until(() -> gateway.signals.waiting() == 1);

        gateway.commit("p", "image", "{}");
        await().until(() -> gateway.changes.reads.get() >= 2 && gateway.signals.waiting() == 1);
        assertThat(answer).isNotDone();
        gateway.commit("p", "note", "{}");

        JsonNode page = answer.get(10, TimeUnit.SECONDS).json();
        assertThat(page.path("changes").findValuesAsText("entity")).containsExactly("note");
    }

    @Test
    void answersAnEmptyPageWhenPatienceIsAtItsEnd() {
        commit(1);
        String cursor = gateway.http.get(PATH).json().path("cursor").asText();

        JsonNode page = gateway.http.get(PATH + "?wait=1&cursor=" + cursor).json();

        assertThat(page.path("changes")).isEmpty();
        assertThat(page.path("cursor").asText()).isEqualTo(cursor);
        assertThat(gateway.signals.waiting()).isZero();
    }

    @Test
    void answersALargePageThatOutgrowsTheBuffers() {
        String large = "{\"a\":\"" + "é".repeat(500_000) + "\"}";
        for (int i = 0; i < 4; i++) gateway.commit("p", "note", large);

        assertThat(gateway.http.get(PATH).json().path("changes")).hasSize(4);
    }

    @Test
    void streamsPagesAsLinesUpToTheHead() {
        commit(5);

        ContractClient.Answer answer = gateway.http.get(PATH + "?limit=2", "Accept", LINES);

        assertThat(answer.lines()).hasSize(3).allSatisfy(this::isPage);
        assertThat(answer.lines())
                .extracting(page -> page.path("has_more").asBoolean())
                .containsExactly(true, true, false);
        await().until(() -> gateway.openStreams() == 0);
    }

    @Test
    void endsAStreamOfLinesThatCannotGoOnWithTheProblem() throws Exception {
        String large = "{\"a\":\"" + "x".repeat(200_000) + "\"}";
        for (int i = 0; i < 60; i++) gateway.commit("p", "note", large);
        try (BufferedReader lines = reader(gateway.http.open(PATH, LINES))) {
            isPage(json(lines.readLine()));
            gateway.changes.failure = new NotServed("moving");

            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) last = line;

            assertThat(json(last).at("/problem/code").asText()).isEqualTo("not_served");
        }
    }

    @Test
    void streamsEventsWhoseIdsResumeWithoutLoss() throws Exception {
        commit(2);
        String id;
        try (BufferedReader events = reader(gateway.http.open(PATH, EVENTS))) {
            Event first = changes(events);
            assertThat(first.data.path("changes")).hasSize(2);
            commit(1);
            Event second = changes(events);
            assertThat(second.data.path("changes").findValuesAsText("seq")).containsExactly("6");
            assertThat(second.id).isEqualTo(second.data.path("cursor").asText());
            id = first.id;
        }
        try (InputStream resumed = resume(id)) {
            assertThat(changes(reader(resumed)).data.path("changes").findValuesAsText("seq"))
                    .containsExactly("6");
        }
    }

    @Test
    void beatsWhileNothingHappensAndCarriesTheCursor() throws Exception {
        try (BufferedReader events = reader(gateway.http.open(PATH, EVENTS))) {
            Event first = next(events);
            Event second = next(events);

            assertThat(List.of(first.kind, second.kind)).containsOnly("heartbeat");
            assertThat(second.data.path("changes")).isEmpty();
            assertThat(second.id).isNotEmpty();
        }
    }

    @Test
    void saysWhyAStreamOfEventsEnds() throws Exception {
        try (BufferedReader events = reader(gateway.http.open(PATH, EVENTS))) {
            next(events);
            gateway.changes.failure = new NotServed("moving");

            Event last = next(events);
            while (!last.kind.equals("problem")) last = next(events);

            assertThat(last.data.path("code").asText()).isEqualTo("not_served");
            assertThat(events.lines()).allMatch(String::isEmpty);
        }
        await().until(() -> gateway.openStreams() == 0);
    }

    @Test
    void closesTheStreamOfAClientThatIsGone() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (InputStream stream = gateway.http.open(PATH, EVENTS)) {
                next(reader(stream));
            }
        }
        // A socket that is simply dropped, as by a client that dies.
        Socket dead = rawEvents();
        await().until(() -> gateway.openStreams() > 0);
        dead.close();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.openStreams() == 0 && gateway.signals.waiting() == 0);
    }

    @Test
    void letsNoSlowClientDelayTheOthers() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 10; i++) slow.add(rawEvents());
        String large = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";
        for (int i = 0; i < 20; i++) gateway.commit("p", "note", large);
        try (BufferedReader events = reader(gateway.http.open("/v1/projects/q/changes", EVENTS))) {
            next(events);
            for (int i = 1; i <= 20; i++) {
                gateway.commit("q", "note", "{}");
                assertThat(changes(events).data.path("changes")).isNotEmpty();
            }
        }
        assertThat(gateway.http.get("/v1/projects/q/changes?wait=1").json().path("changes"))
                .hasSize(20);
        for (Socket socket : slow) socket.close();
    }

    private InputStream resume(String lastEventId) throws IOException {
        Socket socket = new Socket("127.0.0.1", gateway.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + EVENTS + "\r\nLast-Event-ID: "
                                + lastEventId + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream();
    }

    private Socket rawEvents() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", gateway.port()));
        socket.getOutputStream()
                .write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + EVENTS + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void commit(int records) {
        for (int i = 0; i < records; i++) gateway.commit("p", "note", "{\"a\":" + i + "}");
    }

    private void isPage(JsonNode page) {
        assertThat(SchemaCheck.faults(OpenApi.DOCUMENT.at("/components/schemas/Page"), page))
                .isEmpty();
    }

    private record Event(String id, String kind, JsonNode data) {}

    private Event changes(BufferedReader events) throws IOException {
        Event event = next(events);
        while (event.kind.equals("heartbeat")) event = next(events);
        assertThat(event.kind).isEqualTo("changes");
        isPage(event.data);
        return event;
    }

    private static Event next(BufferedReader events) throws IOException {
        String id = "";
        String kind = "";
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("id: ")) id = line.substring(4);
            if (line.startsWith("event: ")) kind = line.substring(7);
            if (line.startsWith("data: ")) return new Event(id, kind, json(line.substring(6)));
        }
        throw new AssertionError("the stream has ended");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
