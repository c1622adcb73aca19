package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.backbone.control.ControlView;
import dev.tidemark.backbone.control.ProjectInfo;
import dev.tidemark.backbone.instances.ForwardedMark;
import dev.tidemark.model.Head;
import dev.tidemark.topology.query.NotServed;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Projects and digests as they are now. */
final class StateRoutes {
    private static final int PAGE_MAX = 1_000;

    private final Services services;

    StateRoutes(Services services) {
        this.services = services;
    }

    /** Each instance knows of all projects, and has the heads of its own; an instance that is asked by another shows those. */
    void projects(Context ctx) {
        ProjectPage page = ProjectPage.of(services.projects().all(), Params.text(ctx, "after"), (int)
                Params.number(ctx, "limit", PAGE_MAX, 1, PAGE_MAX));
        Map<String, JsonNode> found = new HashMap<>();
        for (ProjectInfo info : page.projects()) servedHere(info).ifPresent(json -> found.put(info.name(), json));
        boolean isPart = ctx.header(ForwardedMark.HEADER) != null;
        if (isPart || found.size() == page.projects().size()) Answers.json(ctx, page.json(found));
        else
            ctx.future(() -> services.forwarding()
                    .peers()
                    .ask(page.target())
                    .thenAccept(answers -> Answers.json(ctx, page.json(page.complete(found, answers)))));
    }

    private Optional<JsonNode> servedHere(ProjectInfo info) {
        try {
            return Optional.of(summary(info, services.reader().headOrEmpty(info.name())));
        } catch (NotServed e) {
            return Optional.empty();
        }
    }

    void project(Context ctx) {
        String project = Params.project(ctx);
        ProjectInfo info = known(project);
        ObjectNode json = summary(info, services.reader().headOrEmpty(project));
        ObjectNode counts = json.putObject("entities");
        services.reader().countsByType(project).forEach(counts::put);
        json.put("targets", services.reader().targets(project).size());
        Answers.json(ctx, json);
    }

    void put(Context ctx, String body) {
        String project = Params.project(ctx);
        String policy = PolicyRequest.checked(body);
        boolean isNew = find(project).isEmpty();
        ctx.future(() -> services.projects().put(project, policy).thenAccept(answer -> {
            ProjectInfo info = done(answer);
            ctx.status(isNew ? 201 : 200);
            Answers.json(ctx, summary(info, services.reader().headOrEmpty(project)));
        }));
    }

    void delete(Context ctx, String body) {
        String project = Params.project(ctx);
        known(project);
        ctx.future(() -> services.projects().delete(project).thenAccept(answer -> {
            ProjectInfo info = done(answer);
            ctx.status(202);
            Answers.json(ctx, ResultJson.object().put("project", project).put("state", info.state()));
        }));
    }

    /** What the replica sent is forgotten; its floor stays, so that nothing of it can take effect again. */
    void deleteReplica(Context ctx, String body) {
        String project = Params.project(ctx);
        known(project);
        String replica = Params.name(ctx, "replica");
        ctx.future(() -> services.projects().deleteReplica(project, replica).thenAccept(answer -> {
            done(answer);
            ctx.status(202);
            Answers.json(ctx, ResultJson.object().put("replica", replica).put("state", "deleted"));
        }));
    }

    void digest(Context ctx) {
        String project = Params.project(ctx);
        known(project);
        Head head = services.reader().headOrEmpty(project);
        boolean buckets = Params.flag(ctx, "buckets");
        long seq = Params.number(
                ctx, "seq", head.seq().value(), 0, Math.max(0, head.seq().value()));
        if (!buckets && Params.text(ctx, "seq") != null) throw Problem.invalid("seq", "goes with buckets=true only");
        ObjectNode json = ResultJson.headWithDigest(head);
        json.put("cursor", CursorToken.encode(head.cursor(project, 0)));
        if (buckets) buckets(json, project, seq);
        Answers.json(ctx, json);
    }

    private void buckets(ObjectNode json, String project, long seq) {
        ArrayNode list = json.put("buckets_seq", seq).putArray("buckets");
        services.reader()
                .buckets(project, seq)
                .forEach((number, bucket) -> list.addObject()
                        .put("bucket", number)
                        .put("digest", bucket.digest().hex())
                        .put("count", bucket.count()));
    }

    private ProjectInfo known(String project) {
        return find(project).orElseThrow(() -> Problem.of(404, "project_not_found", "there is no project " + project));
    }

    private Optional<ProjectInfo> find(String project) {
        return services.projects()
                .find(project, () -> services.reader().head(project).isPresent());
    }

    private static ProjectInfo done(ControlView.Answer answer) {
        if (answer instanceof ControlView.Answer.Done done) return done.project();
        if (answer instanceof ControlView.Answer.Refused refused)
            throw Problem.of(status(refused.code()), refused.code(), refused.detail());
        throw new IllegalStateException("an answer is done or refused");
    }

    private static int status(String refusal) {
        return switch (refusal) {
            case "policy_invalid" -> 400;
            case "project_not_found", "replica_not_found" -> 404;
            default -> 409;
        };
    }

    private static ObjectNode summary(ProjectInfo info, Head head) {
        ObjectNode json = ResultJson.object().put("project", info.name()).put("state", info.state());
        json.set("head", ResultJson.headWithDigest(head));
        json.put("horizon", head.horizon().value());
        ObjectNode policies = json.putObject("policies").put("paused", info.paused());
        policies.set("filterable", info.filterable());
        return json;
    }
}
