package dev.tidemark.backbone.gateway;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The HTTP server: every route of the contract, and what goes for all of them. */
public final class Gateway implements AutoCloseable {
    private static final long ASYNC_TIMEOUT_MS = 120_000;

    /** A route as the OpenAPI document names it. */
    public record Route(String method, String path) {}

    private final Javalin javalin;
    private final List<Route> routes;

    private Gateway(Javalin javalin, List<Route> routes) {
        this.javalin = javalin;
        this.routes = List.copyOf(routes);
    }

    /**
     * @param host a loopback address
     * @param port 0: any that is free
     * @throws io.javalin.util.JavalinException if the port is taken
     */
    public static Gateway start(Services services, Clock clock, String host, int port) {
        Table table = new Table(services, clock);
        Javalin javalin = Javalin.create(config -> configure(config, table, host, port));
        javalin.start();
        return new Gateway(javalin, table.routes());
    }

    public int port() {
        return javalin.port();
    }

    public List<Route> routes() {
        return routes;
    }

    /** Whether a server without auth may bind there. */
    public static boolean mayBind(String host) {
        return LoopbackRules.isLoopback(host);
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, Table table, String host, int port) {
        config.startup.showJavalinBanner = false;
        config.jetty.host = host;
        config.jetty.port = port;
        config.jetty.modifyServer(server -> server.setStopTimeout(500));
        config.http.asyncTimeout = ASYNC_TIMEOUT_MS;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Long.MAX_VALUE;
        config.routes.before(LoopbackRules::check);
        table.entries.forEach(entry -> config.routes.addEndpoint(
                Endpoint.create(HandlerType.findOrCreate(entry.route.method()), entry.route.path())
                        .handler(entry.handler)));
        config.routes.exception(Exception.class, (error, ctx) -> Problems.answer(ctx, Problems.of(error)));
        config.routes.error(404, Gateway::unknownRoute);
        config.routes.error(405, Gateway::unknownRoute);
    }

    private static void unknownRoute(Context ctx) {
        String type = ctx.res().getContentType();
        if (type != null && type.contains("json")) return;
        int status = ctx.statusCode();
        Problems.answer(
                ctx, Problem.of(status, Problems.code(status), "no such resource; /openapi.json lists what there is"));
    }

    /** Method, path, handler; the order is that of the contract. */
    private static final class Table {
        private record Entry(Route route, Handler handler) {}

        private final List<Entry> entries = new ArrayList<>();

        Table(Services services, Clock clock) {
            sync(services, clock);
            state(services);
            system(services);
            registry(services);
        }

        List<Route> routes() {
            return entries.stream().map(Entry::route).toList();
        }

        private void sync(Services services, Clock clock) {
            PushRoutes push = new PushRoutes(services);
            PullRoutes pull = new PullRoutes(services);
            TargetRoutes targets = new TargetRoutes(services, clock);
            String target = "/v1/projects/{project}/targets/{target}";
            add("POST", "/v1/projects/{project}/mutations", push::push);
            add("GET", "/v1/projects/{project}/changes", pull::pull);
            add("GET", "/v1/projects/{project}/targets", targets::list);
            add("GET", target, targets::show);
            add("PUT", target, targets::put);
            add("DELETE", target, targets::delete);
            add("POST", target + "/ack", targets::ack);
            add("POST", target + "/reset", targets::reset);
        }

        private void state(Services services) {
            StateRoutes state = new StateRoutes(services);
            MappingRoutes mapping = new MappingRoutes(services);
            add("GET", "/v1/projects", state::projects);
            add("GET", "/v1/projects/{project}", state::project);
            add("PUT", "/v1/projects/{project}", state::put);
            add("DELETE", "/v1/projects/{project}", state::delete);
            add("GET", "/v1/projects/{project}/entities/{entity}", state::entities);
            add("GET", "/v1/projects/{project}/digest", state::digest);
            add("GET", "/v1/projects/{project}/replicas/{replica}/seqs", mapping::seqs);
            add("GET", "/v1/projects/{project}/seqs/{seq}", mapping::record);
        }

        private void system(Services services) {
            SystemRoutes system = new SystemRoutes(services);
            add("GET", "/health/live", system::live);
            add("GET", "/health/ready", system::ready);
            add("GET", "/metrics", system::metrics);
            add("GET", "/openapi.json", system::openapi);
        }

        private void registry(Services services) {
            RegistryRoutes registry = new RegistryRoutes(services);
            String versions = "/registry/subjects/{subject}/versions";
            add("GET", "/registry/subjects", registry::subjects);
            add("POST", "/registry/subjects/{subject}", registry::lookUp);
            add("GET", versions, registry::versions);
            add("POST", versions, registry::register);
            add("GET", versions + "/{version}", registry::version);
            add("GET", versions + "/{version}/schema", registry::versionSchema);
            add("GET", "/registry/schemas/ids/{id}", registry::byId);
            add("GET", "/registry/schemas/ids/{id}/schema", registry::textById);
            add("GET", "/registry/schemas/ids/{id}/versions", registry::versionsById);
            add("GET", "/registry/schemas/types", registry::types);
            add("GET", "/registry/config", registry::config);
            add("GET", "/registry/config/{subject}", registry::config);
            add("GET", "/registry/mode", registry::mode);
        }

        private void add(String method, String path, Handler handler) {
            entries.add(new Entry(new Route(method, path), handler));
        }
    }
}
