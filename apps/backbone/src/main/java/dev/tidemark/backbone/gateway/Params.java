package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorRefused;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.model.Cursor;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    /** @throws Problem if the token is damaged */
    static Cursor cursor(String token) {
        try {
            return CursorToken.decode(token);
        } catch (CursorRefused e) {
            throw Problem.of(400, "cursor_invalid", String.valueOf(e.getMessage()));
        }
    }

    /** Refuses a query parameter that the route does not know, and bytes that are no UTF-8. */
    static void only(Context ctx, Set<String> known) {
        String query = ctx.queryString();
        if (query == null || query.isEmpty()) return;
        checkEncoding(query);
        for (String name : ctx.queryParamMap().keySet())
            if (!known.contains(name))
                throw Problem.invalid(
                        name,
                        known.isEmpty()
                                ? "is unknown; none is taken here"
                                : "is unknown; known are " + new TreeSet<>(known));
    }

    private static void checkEncoding(String query) {
        byte[] bytes = new byte[query.length()];
        int length = 0;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c > 0x7e) throw malformed();
            if (c == '%') {
                if (i + 2 >= query.length()) throw malformed();
                c = (char) (hex(query.charAt(i + 1)) << 4 | hex(query.charAt(i + 2)));
                i += 2;
            }
            bytes[length++] = (byte) c;
        }
        if (StrictUtf8.text(bytes, 0, length) == null) throw malformed();
    }

    private static int hex(char c) {
        int digit = Character.digit(c, 16);
        if (digit < 0) throw malformed();
        return digit;
    }

    private static Problem malformed() {
        return Problem.of(400, "malformed_query", "the query string is not percent-encoded UTF-8");
    }
}
