package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Bodies of answers. A large one is written at its client's pace: no thread waits for a slow client. */
final class Answers {
    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";

    /** The server gathers writes of this size in a buffer of its own, so that they never block. */
    private static final int AT_ONCE_BYTES = 8 << 10;
    /** Smaller ones are not worth compressing. */
    private static final int GZIP_BYTES_MIN = 1_500;

    private Answers() {}

    static void json(Context ctx, JsonNode json) {
        text(ctx, JSON, json.toString());
    }

    static void text(Context ctx, String type, String text) {
        bytes(ctx, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The last thing that a handler, or a future of it, does. */
    static void bytes(Context ctx, String type, byte[] body) {
        ctx.contentType(type);
        byte[] sent = encoded(ctx, body);
        if (ctx.method() == HandlerType.HEAD) ctx.res().setContentLengthLong(sent.length);
        else if (sent.length <= AT_ONCE_BYTES) ctx.result(sent);
        else ctx.appData(PacedBodies.KEY).send(ctx, sent);
    }

    private static byte[] encoded(Context ctx, byte[] body) {
        if (body.length < GZIP_BYTES_MIN) return body;
        ctx.res().addHeader("Vary", "Accept-Encoding");
        if (!Accept.allows(ctx.header("Accept-Encoding"), "gzip")) return body;
        ctx.header("Content-Encoding", "gzip");
        return gzip(body);
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
