package dev.tidemark.backbone.gateway;

import dev.tidemark.backbone.instances.ForwardedMark;
import dev.tidemark.backbone.instances.Forwarding;
import dev.tidemark.model.Names;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.state.HostInfo;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before the routes: a request of a project that another instance owns is passed on to it, bodies streamed both ways, once.
 * What cannot be passed on is answered with 503, and sending it again is safe.
 */
final class Forwarder extends Handler.Wrapper {
    private static final Pattern PROJECT = Pattern.compile("/v1/projects/([^/]+)(/.*)?");

    private final Forwarding forwarding;
    private final Proxy proxy = new Proxy();

    Forwarder(Forwarding forwarding) {
        this.forwarding = forwarding;
        installBean(proxy);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String marked = request.getHeaders().get(ForwardedMark.HEADER);
        if (!forwarding.mayEnter(marked, request.getMethod(), pathQuery(request))) {
            Problem refused =
                    Problem.of(403, "forward_refused", "the request does not come from an instance of this cluster");
            JettyProblems.write(response, refused, callback);
            return true;
        }
        Optional<HostInfo> owner = marked != null || !LoopbackRules.mayCall(request.getHeaders()::get)
                ? Optional.empty()
                : project(request).flatMap(forwarding::target);
        if (owner.isEmpty()) return super.handle(request, response, callback);
        request.setAttribute(Proxy.OWNER, owner.get());
        return proxy.handle(request, response, callback);
    }

    private static Optional<String> project(Request request) {
        Matcher path = PROJECT.matcher(request.getHttpURI().getPath());
        if (!path.matches()) return Optional.empty();
        try {
            return Optional.of(URLDecoder.decode(path.group(1), StandardCharsets.UTF_8))
                    .filter(Names::isName);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String pathQuery(Request request) {
        return request.getHttpURI().getPathQuery();
    }

    /** Passes a request on to its attribute {@link #OWNER}. */
    private final class Proxy extends ProxyHandler {
        private static final String OWNER = "dev.tidemark.owner";
        private static final int CONNECT_MS = 2_000;
        /** Longer than any long-poll waits; streams of events have heartbeats. */
        private static final int IDLE_MS = 120_000;

        private static final int CONNECTIONS_MAX = 1_024;
        private static final int QUEUED_MAX = 4_096;
        private static final int RETRY_SECONDS = 1;

        @Override
        protected void configureHttpClient(HttpClient client) {
            super.configureHttpClient(client);
            client.setConnectTimeout(CONNECT_MS);
            client.setIdleTimeout(IDLE_MS);
            client.setMaxConnectionsPerDestination(CONNECTIONS_MAX);
            client.setMaxRequestsQueuedPerDestination(QUEUED_MAX);
        }

        @Override
        protected HttpURI rewriteHttpURI(Request request) {
            HostInfo owner = (HostInfo) request.getAttribute(OWNER);
            return HttpURI.build(request.getHttpURI())
                    .scheme("http")
                    .authority(owner.host(), owner.port())
                    .asImmutable();
        }

        @Override
        protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request onward) {
            String mark = forwarding.mark().of(request.getMethod(), pathQuery(request));
            onward.headers(headers -> headers.put(new HttpField(ForwardedMark.HEADER, mark)));
        }

        @Override
        protected void onServerToProxyResponseFailure(
                Request request,
                org.eclipse.jetty.client.Request onward,
                org.eclipse.jetty.client.Response answer,
                Response response,
                Callback callback,
                Throwable failure) {
            if (response.isCommitted()) {
                callback.failed(failure);
                return;
            }
            response.reset();
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
            Problem problem = Problem.retry(
                    503,
                    "not_served",
                    "the instance that owns the project does not answer; trying again is safe",
                    RETRY_SECONDS);
            JettyProblems.write(response, problem, callback);
        }
    }
}
