package dev.tidemark.backbone.gateway;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of requests, checked. Bad ones are refused, never replaced by a default. */
final class Params {
    private Params() {}

    static String project(Context ctx) {
        return PushRequest.Valid.name("project", ctx.pathParam("project"));
    }

    static String name(Context ctx, String parameter) {
        return PushRequest.Valid.name(parameter, ctx.pathParam(parameter));
    }

    /** @return null: not given */
    static @Nullable String text(Context ctx, String parameter) {
        List<String> all = ctx.queryParams(parameter);
        if (all.size() > 1) throw Problem.invalid(parameter, "is given more than once");
        return all.isEmpty() ? null : all.get(0);
    }

    static long number(Context ctx, String parameter, long otherwise, long least, long most) {
        String text = text(ctx, parameter);
        if (text == null) return otherwise;
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException e) {
            // said below
        }
        throw Problem.invalid(parameter, "must be a whole number from " + least + " to " + most);
    }

    static boolean flag(Context ctx, String parameter) {
        String text = text(ctx, parameter);
        if (text == null || text.equals("false")) return false;
        if (text.equals("true")) return true;
        throw Problem.invalid(parameter, "must be true or false");
    }

    /** Refuses a query parameter that the route does not know. */
    static void only(Context ctx, Set<String> known) {
        for (String name : ctx.queryParamMap().keySet())
            if (!known.contains(name)) throw Problem.invalid(name, "unknown parameter; there are " + known);
    }

    static String body(Context ctx, int bytesMax) {
        if (ctx.contentLength() > bytesMax) throw tooLarge(bytesMax);
        try (InputStream in = ctx.bodyInputStream()) {
            byte[] body = in.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) throw tooLarge(bytesMax);
            return JsonText.utf8(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem tooLarge(int bytesMax) {
        return Problem.of(413, "too_large", "a body has at most " + bytesMax + " bytes");
    }
}
