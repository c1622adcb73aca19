package dev.tidemark.backbone.gateway;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.ee10.servlet.HttpInput;

/** A request's body, plain or gzip, bounded as it comes out. */
final class RequestBody {
    private static final int BUFFER_BYTES = 64 << 10;
    /** Of a body that is refused: as much of it is read and dropped, for as long. */
    private static final long DROPPED_BYTES_MAX = 64L << 20;

    private static final long DROPPING_NS_MAX = 5_000_000_000L;

    private RequestBody() {}

    /** The whole body. */
    static String text(Context ctx, int bytesMax) {
        if (ctx.contentLength() > bytesMax) throw tooLarge(ctx, bytesMax);
        try (InputStream in = stream(ctx)) {
            byte[] body = in.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) throw tooLarge(ctx, bytesMax);
            return JsonText.utf8(body, 0, body.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body as it comes, of any length. */
    static InputStream stream(Context ctx) throws IOException {
        String coding = ctx.header("Content-Encoding");
        if (coding == null || coding.equalsIgnoreCase("identity")) return ctx.bodyInputStream();
        if (coding.trim().toLowerCase(Locale.ROOT).equals("gzip"))
            return new GZIPInputStream(ctx.bodyInputStream(), BUFFER_BYTES);
        ctx.header("Accept-Encoding", "gzip");
        throw Problem.of(
                415, "content_encoding_refused", "Content-Encoding " + coding + " is not known; send gzip, or plain");
    }

    /**
     * Whether nothing more of it is there for now, although it is not at its end. Not known of a packed body, whose bytes are
     * taken ahead: of that it is never said.
     */
    static boolean isSilent(Context ctx) throws IOException {
        if (ctx.header("Content-Encoding") != null) return false;
        // The end, or a failure, is content of no bytes: reading it does not wait. The Servlet API alone cannot tell.
        return ctx.req().getInputStream() instanceof HttpInput in && in.available() == 0 && !in.hasContent();
    }

    private static Problem tooLarge(Context ctx, int bytesMax) {
        dropRest(ctx);
        return Problem.of(413, "too_large", "a body has at most " + bytesMax + " bytes");
    }

    /** A connection that is closed on bytes that nobody read is reset, and its client may never see the answer. */
    private static void dropRest(Context ctx) {
        byte[] dropped = new byte[BUFFER_BYTES];
        long untilNs = System.nanoTime() + DROPPING_NS_MAX;
        try {
            InputStream in = ctx.bodyInputStream();
            long left = DROPPED_BYTES_MAX;
            while (left > 0 && System.nanoTime() < untilNs) {
                int read = in.read(dropped);
                if (read < 0) return;
                left -= read;
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }
}
