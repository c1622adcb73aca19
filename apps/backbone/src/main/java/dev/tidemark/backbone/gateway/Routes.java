package dev.tidemark.backbone.gateway;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Every route of the contract, in its order: method, path, query parameters, handler. */
final class Routes {
    /** A route and what handles it. */
    record Entry(Gateway.Route route, Consumer<Context> handler) {}

    private interface Command {
        void handle(Context ctx, String body);
    }

    private static final String PROJECT = "/v1/projects/{project}";
    private static final String TARGET = PROJECT + "/targets/{target}";
    private static final Set<String> PAGED = Set.of("after", "limit");

    private final Services services;
    private final Idempotency idempotency;
    private final PullRoutes pull;
    private final List<Entry> entries = new ArrayList<>();

    Routes(Services services, Clock clock, Idempotency idempotency) {
        this.services = services;
        this.idempotency = idempotency;
        this.pull = new PullRoutes(services);
        sync(clock);
        state();
        system();
        registry();
    }

    List<Entry> entries() {
        return entries;
    }

    int openStreams() {
        return pull.openStreams();
    }

    private void sync(Clock clock) {
        TargetRoutes targets = new TargetRoutes(services, clock);
        add("POST", PROJECT + "/mutations", PushRoutes.PARAMETERS, new PushRoutes(services)::push);
        add("GET", PROJECT + "/changes", PullRoutes.PARAMETERS, pull::pull);
        read(PROJECT + "/targets", PAGED, targets::list);
        read(TARGET, Set.of(), targets::show);
        command("PUT", TARGET, targets::put);
        command("DELETE", TARGET, targets::delete);
        command("POST", TARGET + "/ack", targets::ack);
        command("POST", TARGET + "/reset", targets::reset);
    }

    private void state() {
        StateRoutes state = new StateRoutes(services);
        EntityRoutes entities = new EntityRoutes(services);
        MappingRoutes mapping = new MappingRoutes(services);
        add("GET", "/v1/projects", PAGED, state::projects);
        read(PROJECT, Set.of(), state::project);
        command("PUT", PROJECT, state::put);
        command("DELETE", PROJECT, state::delete);
        read(PROJECT + "/entities/{entity}", EntityRoutes.PARAMETERS, entities::entities);
        read(PROJECT + "/digest", Set.of("buckets", "seq"), state::digest);
        command("DELETE", PROJECT + "/replicas/{replica}", state::deleteReplica);
        read(PROJECT + "/replicas/{replica}/seqs", MappingRoutes.PARAMETERS, mapping::seqs);
        read(PROJECT + "/seqs/{seq}", Set.of(), mapping::record);
    }

    private void system() {
        SystemRoutes system = new SystemRoutes(services);
        add("GET", "/health/live", Set.of(), system::live);
        add("GET", "/health/ready", Set.of(), system::ready);
        add("GET", "/metrics", Set.of(), system::metrics);
        add("GET", "/openapi.json", Set.of(), system::openapi);
    }

    private void registry() {
        RegistryRoutes registry = new RegistryRoutes(services);
        String versions = "/registry/subjects/{subject}/versions";
        foreign("GET", "/registry/subjects", registry::subjects);
        foreign("POST", "/registry/subjects/{subject}", registry::lookUp);
        foreign("GET", versions, registry::versions);
        foreign("POST", versions, registry::register);
        foreign("GET", versions + "/{version}", registry::version);
        foreign("GET", versions + "/{version}/schema", registry::versionSchema);
        foreign("GET", "/registry/schemas/ids/{id}", registry::byId);
        foreign("GET", "/registry/schemas/ids/{id}/schema", registry::textById);
        foreign("GET", "/registry/schemas/ids/{id}/versions", registry::versionsById);
        foreign("GET", "/registry/schemas/ids/{id}/subjects", registry::subjectsById);
        foreign("GET", "/registry/schemas/types", registry::types);
        foreign("GET", "/registry/config", registry::config);
        foreign("GET", "/registry/config/{subject}", registry::config);
        foreign("GET", "/registry/mode", registry::mode);
        foreign("GET", "/registry/mode/{subject}", registry::mode);
    }

    private void add(String method, String path, Set<String> parameters, Consumer<Context> handler) {
        entries.add(new Entry(new Gateway.Route(method, path, parameters), ctx -> {
            Params.only(ctx, parameters);
            handler.accept(ctx);
        }));
    }

    /** A read of a project's present state, which may be asked to wait for a position. */
    private void read(String path, Set<String> own, Consumer<Context> handler) {
        Set<String> parameters = new TreeSet<>(own);
        parameters.add(AtLeast.PARAMETER);
        add("GET", path, parameters, ctx -> {
            String token = Params.text(ctx, AtLeast.PARAMETER);
            if (token == null) handler.accept(ctx);
            else
                ctx.future(() ->
                        AtLeast.served(services, Params.project(ctx), token).thenRun(() -> handler.accept(ctx)));
        });
    }

    /** Changes what was decided; has a small body, and may come twice. */
    private void command(String method, String path, Command command) {
        add(method, path, Set.of(), ctx -> {
            String body = RequestBody.text(ctx, services.limits().bodyBytesMax());
            if (idempotency.begin(ctx, body)) command.handle(ctx, body);
        });
    }

    /** Of an API that is not ours: parameters that it has and we do not are passed over, as its clients expect. */
    private void foreign(String method, String path, Consumer<Context> handler) {
        entries.add(new Entry(new Gateway.Route(method, path, Set.of()), handler));
    }
}
