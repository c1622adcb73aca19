package dev.tidemark.backbone.gateway;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer at the pace of its client, without ever blocking a thread: what the client does not take waits here, one piece
 * at a time. A client that takes nothing for as long as a connection may be idle, or that is gone, fails the piece. Thread-safe.
 */
final class PacedOutput implements WriteListener {
    private final ServletOutputStream out;
    private boolean begun;
    private @Nullable Throwable failure;
    private byte @Nullable [] piece;
    private boolean flushed = true;
    private @Nullable CompletableFuture<Void> taken;

    /** @param out of a request whose asynchronous processing has begun */
    PacedOutput(ServletOutputStream out) {
        this.out = out;
        out.setWriteListener(this);
    }

    /** Completes once the connection has taken it, on whatever thread that happens; one piece at a time. */
    CompletableFuture<Void> write(byte[] bytes) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        synchronized (this) {
            if (failure != null) return CompletableFuture.failedFuture(failure);
            if (taken != null) throw new IllegalStateException("the piece before is not written yet");
            piece = bytes;
            flushed = false;
            taken = result;
        }
        advance();
        return result;
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            begun = true;
        }
        advance();
    }

    @Override
    public void onError(Throwable error) {
        CompletableFuture<Void> failed;
        synchronized (this) {
            if (failure == null) failure = error;
            failed = taken;
            taken = null;
            piece = null;
        }
        if (failed != null) failed.completeExceptionally(error);
    }

    private void advance() {
        CompletableFuture<Void> done;
        try {
            done = writeWhatMayBe();
        } catch (IOException | RuntimeException e) {
            onError(e);
            return;
        }
        if (done != null) done.complete(null);
    }

    /** @return the piece that is written now; null: there is none, or the connection takes no more for the moment */
    private synchronized @Nullable CompletableFuture<Void> writeWhatMayBe() throws IOException {
        if (!begun || taken == null) return null;
        while (out.isReady()) {
            if (piece != null) {
                byte[] bytes = piece;
                piece = null;
                out.write(bytes);
            } else if (!flushed) {
                flushed = true;
                out.flush();
            } else {
                CompletableFuture<Void> done = taken;
                taken = null;
                return done;
            }
        }
        return null;
    }
}
