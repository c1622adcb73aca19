package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PacedOutputTest {
    private final FakeConnection connection = new FakeConnection();
    private final PacedOutput out = new PacedOutput(connection);

    @Test
    void waitsForTheConnectionToBegin() {
        CompletableFuture<Void> taken = out.write(utf8("a"));
        assertThat(taken).isNotDone();

        connection.ready();

        assertThat(taken).isCompleted();
        assertThat(connection.text()).isEqualTo("a|");
    }

    @Test
    void writesPieceAfterPieceAndFlushesEach() {
        connection.ready();

        assertThat(out.write(utf8("a"))).isCompleted();
        assertThat(out.write(utf8("b"))).isCompleted();

        assertThat(connection.text()).isEqualTo("a|b|");
    }

    @Test
    void isNotDoneWhileTheConnectionTakesNoMore() {
        connection.ready();
        connection.takes = 1;
        CompletableFuture<Void> taken = out.write(utf8("a"));
        assertThat(taken).isNotDone();

        connection.ready();

        assertThat(taken).isCompleted();
        assertThat(connection.text()).isEqualTo("a|");
    }

    @Test
    void takesOnePieceAtATime() {
        out.write(utf8("a"));

        assertThatIllegalStateException().isThrownBy(() -> out.write(utf8("b")));
    }

    @Test
    void failsThePieceWhoseClientIsGone() {
        connection.ready();
        connection.takes = 1;
        CompletableFuture<Void> taken = out.write(utf8("a"));

        connection.listener.onError(new IOException("gone"));

        assertThat(taken).isCompletedExceptionally();
        assertThat(out.write(utf8("b"))).isCompletedExceptionally();
    }

    @Test
    void failsAPieceThatCannotBeWritten() {
        connection.ready();
        connection.broken = true;

        assertThat(out.write(utf8("a"))).isCompletedExceptionally();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes some operations, then says it is not ready; a flush shows as a bar. */
    private static final class FakeConnection extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private WriteListener listener;
        private int takes;
        private boolean broken;

        void ready() {
            takes = Integer.MAX_VALUE;
            try {
                listener.onWritePossible();
            } catch (IOException e) {
                listener.onError(e);
            }
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isReady() {
            return takes > 0;
        }

        @Override
        public void setWriteListener(WriteListener writeListener) {
            listener = writeListener;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (broken) throw new IOException("broken");
            takes--;
            taken.write(bytes, from, length);
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            takes--;
            taken.write('|');
        }
    }
}
