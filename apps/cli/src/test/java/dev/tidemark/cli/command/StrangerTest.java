package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Something answers at {@code --server}, and it is no Tidemark. */
class StrangerTest {
    private static final String PAGE = "<!DOCTYPE html>\n<html>\n<head><title>Welcome</title></head>\n</html>\n";
    private static final String MUTATION =
            "{\"replica\":\"r\",\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}\n";

    private static final List<String> COMMANDS = List.of(
            "status",
            "push p -",
            "pull p",
            "pull p --target t",
            "get p e k",
            "export p",
            "seq p --seq 1",
            "seq p --replica r --local 1",
            "targets list p",
            "targets show p t",
            "targets create p t",
            "targets ack p t c",
            "targets reset p t head",
            "targets delete p t",
            "verify p",
            "verify p --deep");

    /** What it answers to everything. */
    record Stranger(String what, int status, String contentType, String body) {
        /** Which is what a Tidemark answers when it has deleted something, or knows of no outcome. */
        boolean isRight(String command) {
            return status == 204 && command.startsWith("targets delete")
                    || body.equals("[]") && command.startsWith("seq p --replica");
        }

        /** Such a failure may pass by itself: it is tried again, unless it is told not to. */
        boolean passes() {
            return status >= 500;
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Arguments> meetings() {
        List<Stranger> strangers = List.of(
                new Stranger("a page", 200, "text/html", PAGE),
                new Stranger("nothing", 200, "", ""),
                new Stranger("no content", 204, "", ""),
                new Stranger("a proxy without its server", 502, "text/html", PAGE),
                new Stranger("an empty 502", 502, "", ""),
                new Stranger("a page that is not there", 404, "text/html", PAGE),
                new Stranger("words", 200, "text/plain", "It works!\n\nReally.\n"),
                new Stranger("an empty object", 200, "application/json", "{}"),
                new Stranger("a text", 200, "application/json", "\"hello\""),
                new Stranger("an empty array", 200, "application/json", "[]"),
                new Stranger("another API's error", 404, "application/json", "{\"error\":\"nope\"}"),
                new Stranger("a redirect", 302, "text/html", PAGE));
        return strangers.stream()
                .flatMap(stranger -> COMMANDS.stream()
                        .filter(command -> !stranger.isRight(command))
                        .map(command -> Arguments.of(stranger, command)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("meetings")
    void endsWithOneLineThatNamesTheAddress(Stranger stranger, String command) throws IOException {
        try (StubServer server = new StubServer(stranger.status(), stranger.contentType(), stranger.body())) {
            String arguments = command + " --server " + server.address() + (stranger.passes() ? " --retry-for 0" : "");
            Run run = Run.reading(MUTATION, arguments.split(" "));
            assertThat(run.err())
                    .hasLineCount(1)
                    .contains(server.address(), "Tidemark")
                    .doesNotContain("<", "no detail", "unexpected");
            assertThat(run.status()).isOne();
            assertThat(run.out()).isEmpty();
        }
    }
}
