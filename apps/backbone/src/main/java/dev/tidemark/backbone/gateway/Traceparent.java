package dev.tidemark.backbone.gateway;

import io.javalin.http.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C trace context of a request, which goes with its mutations; one that is malformed is not passed on. */
final class Traceparent {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    static @Nullable String of(Context ctx) {
        String header = ctx.header("traceparent");
        return header != null && FORM.matcher(header).matches() ? header : null;
    }
}
