package dev.tidemark.backbone.gateway;

import dev.tidemark.backbone.instances.Forwarding;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: every route of the contract, and what goes for all of them. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    /** Connections open at once; beyond, new ones wait to be accepted. */
    private static final int CONNECTIONS_MAX = 4_000;

    private static final int STOP_MS = 500;
    /** When it stops, connections without a request are closed after this. */
    private static final int SHUTDOWN_IDLE_MS = 50;

    private static final int NO_CONTENT = 204;

    /** A route as the OpenAPI document names it. */
    public record Route(String method, String path, Set<String> parameters) {
        public Route {
            parameters = Set.copyOf(parameters);
        }
    }

    private final Javalin javalin;
    private final Signals signals;
    private final IntSupplier openStreams;

    private Gateway(Javalin javalin, Signals signals, IntSupplier openStreams) {
        this.javalin = javalin;
        this.signals = signals;
        this.openStreams = openStreams;
    }

    /**
     * @param host a loopback address
     * @param port 0: any that is free
     * @throws io.javalin.util.JavalinException if the port is taken
     */
    public static Gateway start(Services services, Clock clock, String host, int port) {
        Idempotency idempotency = new Idempotency();
        Routes table = new Routes(services, clock, idempotency);
        List<Routes.Entry> routes = table.entries();
        Javalin javalin = Javalin.create(config -> {
            listen(config, services.forwarding(), host, port);
            config.appData(PacedBodies.KEY, new PacedBodies());
            config.routes.before(Gateway::begin);
            routes.forEach(entry -> route(config, entry));
            options(config, routes);
            config.routes.after(idempotency::end);
            config.routes.exception(Exception.class, (error, ctx) -> Problems.answer(ctx, Problems.of(error)));
            config.routes.exception(
                    HttpResponseException.class, (error, ctx) -> Problems.answer(ctx, unserved(error, ctx)));
        });
        javalin.start();
        return new Gateway(javalin, services.signals(), table::openStreams);
    }

    /** Every route that is served; HEAD and OPTIONS come with them. */
    public static List<Route> routes(Services services) {
        return new Routes(services, Clock.systemUTC(), new Idempotency())
                .entries().stream().map(Routes.Entry::route).toList();
    }

    public int port() {
        return javalin.port();
    }

    /** Streams of changes that are open. */
    public int openStreams() {
        return openStreams.getAsInt();
    }

    /** Whether a server without auth may bind there. */
    public static boolean mayBind(String host) {
        return LoopbackRules.isLoopback(host);
    }

    /** Ends what waits, and gives all else a moment; what is open then is cut off. */
    @Override
    public void close() {
        signals.close();
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.atDebug().setCause(e).log("requests were cut off");
        }
    }

    private static void listen(JavalinConfig config, Forwarding forwarding, String host, int port) {
        config.startup.showJavalinBanner = false;
        config.jetty.modifyServer(Gateway::limit);
        config.jetty.addConnector((server, http) -> connector(server, http, host, port));
        config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new JettyProblems()));
        config.jetty.modifyServletContextHandler(handler -> handler.insertHandler(new Forwarder(forwarding)));
        // Bodies are read, bounded, compressed and timed where they are handled.
        config.http.asyncTimeout = 0;
        config.http.defaultContentType = Answers.JSON;
        config.http.maxRequestSize = Long.MAX_VALUE;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.prefer405over404 = true;
        config.router.javaLangErrorHandler(
                (response, error) -> LOG.atError().setCause(error).log("request failed"));
    }

    private static void limit(Server server) {
        server.setStopTimeout(STOP_MS);
        server.setErrorHandler(new JettyProblems());
        server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, server));
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, String host, int port) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MS);
        return connector;
    }

    private static void begin(Context ctx) {
        ctx.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
        LoopbackRules.check(ctx);
    }

    private static void route(JavalinConfig config, Routes.Entry entry) {
        String method = entry.route().method();
        endpoint(config, method, entry);
        if (method.equals("GET")) endpoint(config, "HEAD", entry);
    }

    private static void endpoint(JavalinConfig config, String method, Routes.Entry entry) {
        config.routes.addEndpoint(
                Endpoint.create(HandlerType.findOrCreate(method), entry.route().path())
                        .handler(entry.handler()::accept));
    }

    /** OPTIONS says what a resource takes; no CORS header goes with it, so that no foreign page may use it. */
    private static void options(JavalinConfig config, List<Routes.Entry> routes) {
        Map<String, Set<String>> methods = routes.stream()
                .map(Routes.Entry::route)
                .collect(Collectors.groupingBy(
                        Route::path,
                        TreeMap::new,
                        Collectors.mapping(Route::method, Collectors.toCollection(TreeSet::new))));
        methods.forEach((path, allowed) -> {
            if (allowed.contains("GET")) allowed.add("HEAD");
            allowed.add("OPTIONS");
            String allow = String.join(", ", allowed);
            config.routes.addEndpoint(Endpoint.create(HandlerType.OPTIONS, path)
                    .handler(ctx -> ctx.status(NO_CONTENT).header("Allow", allow)));
        });
    }

    /** Of what the router refuses. */
    private static Problem unserved(HttpResponseException error, Context ctx) {
        if (error.getStatus() == 404)
            return Problems.ofStatus(404, "there is no such resource; /openapi.json lists what there is");
        if (error.getStatus() != 405) return Problems.of(error);
        error.getDetails().values().forEach(methods -> ctx.header("Allow", methods));
        return Problems.ofStatus(405, ctx.method() + " is no method of this resource; Allow names those it has");
    }
}
