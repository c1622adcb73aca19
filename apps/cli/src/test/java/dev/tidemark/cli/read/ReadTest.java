package dev.tidemark.cli.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.Export.Format;
import dev.tidemark.cli.read.PullOrder.PullEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private FakeProject project;

    @BeforeEach
    void startServer() throws IOException {
        project = new FakeProject();
    }

    @AfterEach
    void stopServer() {
        project.close();
    }

    @Test
    void pullsPageAfterPageAndPrintsEachChangeAsItCame() {
        project.put("a", "{\"n\":12345678901234567890.12345678901234567890}")
                .put("b", "{}")
                .put("c", "{}")
                .put("b", null);
        Pull pull = pull(new PullStart.Beginning(), 2, out, Optional.empty());
        pull.run();
        assertThat(text().lines()).hasSize(3);
        assertThat(text().lines().findFirst().orElseThrow())
                .startsWith("{\"seq\":10,\"version\":1,\"entity\":\"e\",\"entity_key\":\"a\",\"op\":\"upsert\","
                        + "\"payload\":{\"n\":12345678901234567890.12345678901234567890}");
        assertThat(pull.cursor()).contains("40");
        assertThat(project.requests()).containsExactly("full=true&limit=2", "cursor=30&limit=2");
    }

    @Test
    void beginsWhereTheTargetIsAndAcknowledgesEveryPage() {
        project.put("a", "{}").put("b", "{}").put("c", "{}");
        pull(new PullStart.OfTarget("t"), 2, out, Optional.of(acks())).run();
        assertThat(project.requests()).containsExactly("target=t&limit=2", "cursor=20&limit=2");
        assertThat(project.acks()).containsExactly("20", "30");
    }

    @Test
    void acknowledgesNothingThatWasNotWritten() {
        project.put("a", "{}");
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThatThrownBy(() -> pull(new PullStart.OfTarget("t"), 2, closed, Optional.of(acks()))
                        .run())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Broken pipe");
        assertThat(project.acks()).isEmpty();
    }

    @Test
    void refusesACursorThatDoesNotMoveAlthoughThereIsMore() {
        project.put("a", "{}").stuck();
        assertThatThrownBy(() -> pull(new PullStart.AfterCursor("10"), 2, out, Optional.empty())
                        .run())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("protocol error");
    }

    @Test
    void exportsTheStateInTheOrderOfUtf8Bytes() {
        project.put("\uD83D\uDE00", "{\"n\":1}")
                .put("\uFFFD", "{\"n\":2}")
                .put("b", "{}")
                .put("a", "{}")
                .put("b", null);
        export(Format.NDJSON);
        assertThat(text().lines().map(line -> line.replaceAll("\"hash\":\"[0-9a-f]{64}\"", "\"hash\":\"…\"")))
                .containsExactly(
                        "{\"seq\":40,\"version\":1,\"entity\":\"e\",\"entity_key\":\"a\",\"payload\":{},\"hash\":\"…\"}",
                        "{\"seq\":20,\"version\":1,\"entity\":\"e\",\"entity_key\":\"\uFFFD\",\"payload\":{\"n\":2},\"hash\":\"…\"}",
                        "{\"seq\":10,\"version\":1,\"entity\":\"e\",\"entity_key\":\"\uD83D\uDE00\",\"payload\":{\"n\":1},\"hash\":\"…\"}");
    }

    @Test
    void exportsTopLevelFieldsAsColumns() {
        project.put("a", "{\"seq\":\"x,y\",\"tags\":[1,2]}").put("b", "{\"tags\":\"\"}");
        export(Format.CSV);
        assertThat(text().lines().map(line -> line.replaceAll("[0-9a-f]{64}", "…")))
                .containsExactly(
                        "seq,version,entity,entity_key,hash,payload.seq,tags",
                        "10,1,e,a,…,\"x,y\",\"[1,2]\"",
                        "20,1,e,b,…,,\"\"");
    }

    @Test
    void exportsNothingWhenTheDigestDoesNotFit() {
        project.put("a", "{}").put("b", "{}").corrupting("b");
        assertThatThrownBy(() -> export(Format.NDJSON))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("what was received is not what the server has");
        assertThat(text()).isEmpty();
    }

    @Test
    void readsAgainFromTheBeginningWhenItsCursorExpires() {
        for (int i = 0; i < 1_500; i++) project.put("k" + i, "{}");
        project.expiringAfter(1);
        export(Format.NDJSON);
        assertThat(text().lines()).hasSize(1_500);
    }

    @Test
    void verifiesEveryHashAndBucket() {
        project.put("a", "{}").put("b", "{\"n\":1}").put("a", null);
        VerifyReport report = verification().deep(changes -> {});
        assertThat(report.isEqual()).isTrue();
        assertThat(report.text()).contains("p at seq 30: 1 entities").endsWith("all equal");
    }

    @Test
    void namesTheBucketAndTheEntityThatDiffer() {
        project.put("a", "{}").put("b", "{\"n\":1}").corrupting("b");
        VerifyReport report = verification().deep(changes -> {});
        assertThat(report.isEqual()).isFalse();
        assertThat(report.entities()).containsExactly("e \"b\"");
        assertThat(report.buckets()).hasSize(1);
    }

    /** An entity that the list shows on a later page is not one that the server does not have. */
    @Test
    void namesOnlyTheEntityThatDiffersWhereTheListHasManyPages() {
        for (int i = 0; i < 1_200; i++) project.put("k" + i, "{}");
        project.corrupting("k999");
        VerifyReport report = verification().deep(changes -> {});
        assertThat(report.entities()).containsExactly("e \"k999\"");
    }

    @Test
    void verifiesThatTheBucketsMakeUpTheWhole() {
        project.put("a", "{}").put("b", "{\"n\":1}");
        assertThat(verification().quick().isEqual()).isTrue();
    }

    private Pull pull(PullStart start, int pageRows, OutputStream to, Optional<Acks> acks) {
        PullOrder order = new PullOrder("p", start, List.of(), pageRows, PullEnd.AT_HEAD);
        return new Pull(order, client(), patience(), new LineSink(to), acks);
    }

    private Acks acks() {
        return new Acks("p", "t", client(), patience());
    }

    private void export(Format format) {
        new Export("p", client(), patience(), changes -> {}).write(format, out);
    }

    private Verification verification() {
        return new Verification("p", client(), patience());
    }

    private ServerClient client() {
        return ServerClient.at(project.address());
    }

    private static Patience patience() {
        return Patience.of(Duration.ZERO, notice -> {});
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
