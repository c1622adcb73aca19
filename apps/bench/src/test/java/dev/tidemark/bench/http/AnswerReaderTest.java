package dev.tidemark.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 5\r\n\r\nhello";

    private final AnswerReader reader = new AnswerReader();

    @Test
    void answerInOnePieceIsComplete() {
        assertThat(take(ANSWER)).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.body()).isEqualTo("hello");
    }

    @Test
    void answerByteByByteIsCompleteAtItsLast() {
        for (int i = 0; i < ANSWER.length() - 1; i++)
            assertThat(take(ANSWER.substring(i, i + 1))).isFalse();

        assertThat(take("o")).isTrue();
        assertThat(reader.body()).isEqualTo("hello");
    }

    @Test
    void nextAnswerIsReadAfterTheFirst() {
        take(ANSWER);
        reader.next();

        assertThat(take("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n")).isTrue();
        assertThat(reader.status()).isEqualTo(503);
        assertThat(reader.body()).isEmpty();
    }

    @Test
    void largeBodyIsReadWhole() {
        String body = "x".repeat(100_000);

        assertThat(take("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body))
                .isTrue();
        assertThat(reader.body()).isEqualTo(body);
    }

    @Test
    void answerWithoutALengthIsRefused() {
        assertThatThrownBy(() -> take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void bytesThatNobodyAskedForAreNoticed() {
        take(ANSWER + "H");

        assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
    }

    private boolean take(String bytes) {
        return reader.take(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII)));
    }
}
