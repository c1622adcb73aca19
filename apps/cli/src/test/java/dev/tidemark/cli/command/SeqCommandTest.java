package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SeqCommandTest {
    private static final String ROWS = "[{\"local_seq\":2,\"outcome\":\"accepted\",\"seq\":7,\"version\":2}]";

    /** The one answer that is an array; it was taken for a stranger's. */
    @Test
    void saysWhatBecameOfALocalSeq() throws IOException {
        Run run = asked(ROWS, "2");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("local_seq  2\noutcome  accepted\nseq  7\nversion  2\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void saysThatNothingIsKnownOfOne() throws IOException {
        for (Run run : new Run[] {asked(ROWS, "3"), asked("[]", "2")}) {
            assertThat(run.status()).isOne();
            assertThat(run.err()).contains("no outcome is known for local seq").doesNotContain("--server");
        }
    }

    @Test
    void anArrayOfSomethingElseIsAStrangers() throws IOException {
        for (String rows : new String[] {"[1,2]", "[{}]", "[[]]"}) {
            Run run = asked(rows, "2");
            assertThat(run.status()).isOne();
            assertThat(run.err()).contains("not how a Tidemark answers");
        }
    }

    private static Run asked(String rows, String local) throws IOException {
        try (StubServer server = new StubServer(200, "application/json", rows)) {
            return Run.of("seq", "p", "--replica", "r", "--local", local, "--server", server.address());
        }
    }
}
