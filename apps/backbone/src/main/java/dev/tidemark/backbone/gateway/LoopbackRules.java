package dev.tidemark.backbone.gateway;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Without auth the gateway listens on loopback only, and even there a page in a browser must not reach it: Host and Origin must be
 * loopback (DNS rebinding), and what changes something must say a JSON content type (CSRF).
 */
final class LoopbackRules {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    private LoopbackRules() {}

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** @throws Problem if the request does not come from this machine's own programs */
    static void check(Context ctx) {
        String host = ctx.header("Host");
        if (host == null || !isLocal(withoutPort(host)))
            throw Problem.of(403, "host_refused", "without auth only requests to localhost are answered");
        String origin = ctx.header("Origin");
        if (origin != null && !isLocalOrigin(origin))
            throw Problem.of(403, "origin_refused", "without auth only pages of this machine may call");
        if (CHANGING.contains(ctx.method().name())) checkContentType(ctx);
    }

    private static void checkContentType(Context ctx) {
        String type = ctx.contentType();
        boolean hasBody = ctx.contentLength() > 0 || ctx.header("Transfer-Encoding") != null;
        if (type == null && !hasBody && !ctx.method().name().equals("POST")) return;
        String media = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        boolean json =
                media.equals("application/json") || media.equals("application/x-ndjson") || media.endsWith("+json");
        if (!json)
            throw Problem.of(
                    415, "content_type_refused", "say Content-Type: application/json (or application/x-ndjson)");
    }

    private static boolean isLocal(String host) {
        return NAMES.contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean isLocalOrigin(String origin) {
        try {
            @Nullable String host = URI.create(origin).getHost();
            return host != null && isLocal(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
