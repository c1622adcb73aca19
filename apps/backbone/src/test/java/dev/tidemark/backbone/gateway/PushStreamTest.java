package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that waits for each result before it sends the next mutation, on one request that stays open. */
class PushStreamTest {
    private static final int PATIENCE_MS = 5_000;
    private static final Duration PROMPT = Duration.ofSeconds(1);

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
    void answersEachLineBeforeTheNextIsSent() throws IOException {
        try (Conversation talk = new Conversation(gateway.port(), "")) {
            for (int localSeq = 1; localSeq <= 5; localSeq++) {
                talk.say(line(localSeq));
                long saidNs = System.nanoTime();
                assertThat(talk.heard()).startsWith("{\"local_seq\":" + localSeq + ",\"outcome\":\"accepted\"");
                // The first request of a process takes what it takes.
                if (localSeq > 1)
                    assertThat(Duration.ofNanos(System.nanoTime() - saidNs)).isLessThan(PROMPT);
            }
            talk.end();
        }
        assertThat(gateway.outbox.batches)
                .extracting(batch -> batch.firstLocalSeq() + " after " + batch.follows())
                .containsExactly("1 after null", "2 after 1", "3 after 2", "4 after 3", "5 after 4");
    }

    /** A client that goes on sending is not held up, and its mutations are not scattered over many batches. */
    @Test
    void takesWhatComesAtOnceAsOneBatch() throws IOException {
        try (Conversation talk = new Conversation(gateway.port(), "")) {
            talk.say(line(1) + line(2) + line(3));
            for (int localSeq = 1; localSeq <= 3; localSeq++)
                assertThat(talk.heard()).startsWith("{\"local_seq\":" + localSeq + ",");
            talk.end();
        }
        assertThat(gateway.outbox.batches).hasSize(1);
    }

    /** Half a line is no line: nothing is made of it, and it is not lost. */
    @Test
    void waitsForTheRestOfALine() throws IOException {
        try (Conversation talk = new Conversation(gateway.port(), "")) {
            talk.say(line(1) + line(2).substring(0, 20));
            assertThat(talk.heard()).startsWith("{\"local_seq\":1,");
            talk.say(line(2).substring(20));
            assertThat(talk.heard()).startsWith("{\"local_seq\":2,");
            talk.end();
        }
    }

    /** Nothing was written yet, so that the problem has its own status. */
    @Test
    void answersABatchThatIsRefusedWhileTheClientWaitsWithTheProblemItself() throws IOException {
        gateway.outbox.onBatch = (batch, requestId) -> gateway.refuse(batch, requestId, Refusal.OUT_OF_ORDER);
        try (Conversation talk = new Conversation(gateway.port(), "")) {
            talk.say(line(1));
            assertThat(talk.status()).isEqualTo("HTTP/1.1 409 Conflict");
        }
    }

    @Test
    void saysThatTheBrokerHasEachLineBeforeTheNextIsSent() throws IOException {
        gateway.outbox.onBatch = (batch, requestId) -> {};
        try (Conversation talk = new Conversation(gateway.port(), "?ack=received")) {
            for (int localSeq = 1; localSeq <= 3; localSeq++) {
                talk.say(line(localSeq));
                assertThat(talk.heard()).isEqualTo("{\"local_seq\":" + localSeq + ",\"received\":true}");
            }
            talk.end();
        }
    }

    private static String line(long localSeq) {
        return "{\"replica\":\"a\",\"local_seq\":" + localSeq
                + ",\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}\n";
    }

    /** A chunked request whose answer is read while it is written. */
    private static final class Conversation implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final BufferedReader in;
        private boolean begun;

        Conversation(int port, String query) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MS);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            write("POST /v1/projects/p/mutations" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void say(String line) throws IOException {
            write(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
        }

        /** First line of the answer. */
        String status() throws IOException {
            return in.readLine();
        }

        /** The next result. */
        String heard() throws IOException {
            if (!begun) {
                assertThat(status()).isEqualTo("HTTP/1.1 200 OK");
                while (!in.readLine().isEmpty()) {}
                begun = true;
            }
            while (true) {
                String line = in.readLine();
                if (line.startsWith("{")) return line;
            }
        }

        /** @throws IOException if the answer does not end as it should */
        void end() throws IOException {
            write("0\r\n\r\n");
            String line = in.readLine();
            while (!line.equals("0")) line = in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
