package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetCommandTest {
    /** Each in its canonical form (semantics, section 8); Java writes most of them in another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "15e-39",
                "1e-400",
                "0.0000001",
                "-0.00000000000000000000000000000000000001",
                "12345678901234567890.12345678901234567",
                "9007199254740993",
                "10000000000000000000000000000000000000",
                "1e38",
                "100",
                "0"
            })
    void printsANumberAsItIsServed(String number) throws IOException {
        String entity = "{\"seq\":7,\"version\":2,\"entity\":\"e\",\"entity_key\":\"k\",\"payload\":{\"a\":[" + number
                + "],\"n\":" + number + "},\"hash\":\"00\"}";
        try (StubServer server = new StubServer(200, "application/json", "{\"entities\":[" + entity + "]}")) {
            assertThat(Run.of("get", "p", "e", "k", "--json", "--server", server.address())
                            .out())
                    .isEqualTo(entity + "\n");
            assertThat(Run.of("get", "p", "e", "k", "--server", server.address())
                            .out())
                    .isEqualTo(
                            "e k  version 2  seq 7\n{\n  \"a\" : [ " + number + " ],\n  \"n\" : " + number + "\n}\n");
        }
    }

    @Test
    void printsWhatIsNoNumberOfTidemarkAsItReads() throws IOException {
        String entity = "{\"entity_key\":\"k\",\"payload\":{\"n\":1e401}}";
        try (StubServer server = new StubServer(200, "application/json", "[" + entity + "]")) {
            assertThat(Run.of("get", "p", "e", "k", "--json", "--server", server.address())
                            .out())
                    .isEqualTo("{\"entity_key\":\"k\",\"payload\":{\"n\":1E+401}}\n");
        }
    }
}
