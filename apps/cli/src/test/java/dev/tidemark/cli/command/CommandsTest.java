package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
    private static final String NOBODY = "http://127.0.0.1:1";

    private Run last = new Run(0, "", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense                       | Unmatched argument
            push                           | Missing required parameter: 'PROJECT'
            push .hidden                   | '.hidden' is not the name of a project
            push p --batch 0               | --batch is 0, it must be at least 1
            push p --server ftp://x        | 'ftp://x' is not the address of a server
            pull p --ack                   | --ack needs --target
            pull p --full --cursor x       | give one
            pull p --limit 0               | --limit is 0
            export p --format parquet      | not there yet
            export p --format xml          | must be ndjson or csv
            seq p                          | give either --replica and --local, or --seq
            seq p --replica r --seq 1      | give either --replica and --local, or --seq
            up --demo                      | needs the PostgreSQL source
            up --port x                    | http.port is 'x' (flag --port), not a port
            serve                          | which Kafka?
            config --set htp.port=1        | did you mean 'http.port'?
            config --config /no/such/file  | there is no configuration file /no/such/file
            targets                        | Missing required subcommand
            """)
    void endsWithTwoAndOneLineWhenItIsCalledWrongly(String arguments, String error) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(errText()).startsWith("error: ").contains(error).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"status", "pull p", "get p e k", "export p", "seq p --seq 1", "targets list p", "verify p"})
    void endsWithOneAndSaysWhatToDoWhenNobodyAnswers(String arguments) {
        assertThat(run((arguments + " --server " + NOBODY).split(" "))).isEqualTo(1);
        assertThat(errText())
                .isEqualTo("error: no Tidemark server answers at " + NOBODY
                        + "; start one with ./tidemark up or name it with --server\n");
        assertThat(outText()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"topics diff", "topics create", "serve"})
    void endsWithOneWhenNoKafkaListens(String arguments) {
        assertThat(run((arguments + " --bootstrap 127.0.0.1:1").split(" "))).isEqualTo(1);
        assertThat(errText())
                .startsWith("error: kafka_unreachable: no Kafka listens at 127.0.0.1:1")
                .hasLineCount(1);
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThat(run("push", "p", "/no/such/file")).isEqualTo(1);
        assertThat(errText()).isEqualTo("error: there is no file /no/such/file\n");
    }

    @Test
    void printsTheSettingsForPeopleAndForPrograms() {
        assertThat(run("config", "--set", "http.port=1")).isZero();
        assertThat(outText()).contains("http.port").contains("flag --set");
        assertThat(run("config", "--json")).isZero();
        assertThat(outText())
                .startsWith("{")
                .contains("\"server\":{\"value\":\"http://127.0.0.1:7070\"")
                .hasLineCount(1);
    }

    @Test
    void describesItself() {
        assertThat(run("--help")).isZero();
        assertThat(outText()).contains("push").contains("Exit status: 0 done");
    }

    @Test
    void namesTheFlagOfAPortThatIsTaken(@TempDir Path directory) throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("up", "--data", directory.toString(), "--port", port))
                    .isEqualTo(1);
            assertThat(errText())
                    .contains("port " + port + " on 127.0.0.1 is in use")
                    .contains("--port")
                    .hasLineCount(1);
        }
    }

    private int run(String... arguments) {
        last = Run.of(arguments);
        return last.status();
    }

    private String outText() {
        return last.out();
    }

    private String errText() {
        return last.err();
    }
}
