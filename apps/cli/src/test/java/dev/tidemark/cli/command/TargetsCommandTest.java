package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsCommandTest {
    private static final String TARGET = "{\"target\":\"t\",\"kind\":\"reader\",\"lag\":3,\"acked\":null}";

    private StubServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new StubServer(200, "application/json", TARGET);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            show p t                             | GET /v1/projects/p/targets/t
            create p t                           | PUT /v1/projects/p/targets/t {}
            create p t --kind reader --entity e  | PUT /v1/projects/p/targets/t {"kind":"reader","filter":["e"]}
            ack p t c                            | POST /v1/projects/p/targets/t/ack {"cursor":"c"}
            ack p t c --from b                   | POST /v1/projects/p/targets/t/ack {"cursor":"c","from":"b"}
            reset p t earliest                   | POST /v1/projects/p/targets/t/reset {"cursor":"earliest"}
            """)
    void asksForWhatItIsToldAndPrintsTheTarget(String arguments, String request) {
        Run run = Run.of(("targets " + arguments + " --server " + server.address()).split(" "));

        assertThat(server.requests()).containsExactly(request);
        assertThat(run.out()).isEqualTo("target  t\nkind    reader\nlag     3\nacked   -\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void printsTheTargetForAProgram() {
        assertThat(Run.of("targets", "show", "p", "t", "--json", "--server", server.address())
                        .out())
                .isEqualTo(TARGET + "\n");
    }

    @Test
    void deletes() throws IOException {
        try (StubServer deleting = new StubServer(204, "", "")) {
            Run run = Run.of("targets", "delete", "p", "t", "--server", deleting.address());

            assertThat(deleting.requests()).containsExactly("DELETE /v1/projects/p/targets/t");
            assertThat(run.out()).isEqualTo("deleted t\n");
        }
    }

    @Test
    void saysWhichParameterIsMissing() {
        Run run = Run.of("targets", "ack", "p", "t");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Missing required parameter: 'CURSOR'");
        assertThat(Run.of("targets", "show", "p").err()).contains("Missing required parameter: 'TARGET'");
    }
}
