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

    private RequestBody() {}

    /** The whole body. */
    static String text(Context ctx, int bytesMax) {
        if (ctx.contentLength() > bytesMax) throw tooLarge(bytesMax);
        try (InputStream in = stream(ctx)) {
            byte[] body = in.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) throw tooLarge(bytesMax);
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

    private static Problem tooLarge(int bytesMax) {
        return Problem.of(413, "too_large", "a body has at most " + bytesMax + " bytes");
    }
}
