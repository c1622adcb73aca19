package dev.tidemark.backbone.gateway;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Without auth the gateway listens on loopback only, and even there a page in a browser must not reach it: Host and Origin must be
 * loopback (DNS rebinding), a request that the browser says comes from another site is refused, and what changes something must
 * say a JSON content type (CSRF).
 */
public final class LoopbackRules {
    private static final Set<String> NAMES = Set.of("localhost", "[::1]");
    /** An address, not a name that merely looks like one: nobody is asked. */
    private static final Pattern IPV4 = Pattern.compile("127(\\.(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])){3}");

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    private LoopbackRules() {}

    /** Whether it may be bound to: a loopback address or {@code localhost}. */
    static boolean isLoopback(String host) {
        return host.equals("::1") || isLocal(host);
    }

    /** @throws Problem if the request does not come from this machine's own programs */
    static void check(Context ctx) {
        if (!isHostLocal(ctx.header("Host")))
            throw Problem.of(403, "host_refused", "without auth only requests to localhost are answered");
        if (!isOriginLocal(ctx::header))
            throw Problem.of(403, "origin_refused", "without auth only pages of this machine may call");
        if (CHANGING.contains(ctx.method().name())) checkContentType(ctx);
    }

    /** Whether Host and Origin are this machine's. @param header gives the value of a header by its name, null: it has none */
    public static boolean mayCall(UnaryOperator<@Nullable String> header) {
        return isHostLocal(header.apply("Host")) && isOriginLocal(header);
    }

    private static boolean isHostLocal(@Nullable String host) {
        return host != null && isLocal(PORT.matcher(host).replaceFirst(""));
    }

    private static boolean isOriginLocal(UnaryOperator<@Nullable String> header) {
        String origin = header.apply("Origin");
        return (origin == null || isLocalOrigin(origin)) && !"cross-site".equals(header.apply("Sec-Fetch-Site"));
    }

    private static void checkContentType(Context ctx) {
        String type = ctx.contentType();
        boolean hasBody = ctx.contentLength() > 0 || ctx.header("Transfer-Encoding") != null;
        if (type == null && !hasBody && !ctx.method().name().equals("POST")) return;
        if (!isJson(mediaType(type)))
            throw Problem.of(
                    415, "content_type_refused", "say Content-Type: application/json (or application/x-ndjson)");
    }

    /** Without its parameters, lower case. */
    static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private static boolean isJson(String mediaType) {
        return mediaType.equals(Answers.JSON)
                || mediaType.equals(Answers.NDJSON)
                || (mediaType.startsWith("application/") && mediaType.endsWith("+json"));
    }

    private static boolean isLocal(String host) {
        return NAMES.contains(host.toLowerCase(Locale.ROOT))
                || IPV4.matcher(host).matches();
    }

    private static boolean isLocalOrigin(String origin) {
        try {
            URI uri = URI.create(origin);
            String scheme = String.valueOf(uri.getScheme());
            String host = uri.getHost();
            return (scheme.equals("http") || scheme.equals("https")) && host != null && isLocal(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
