package dev.tidemark.backbone.control;

import dev.tidemark.backbone.push.Outbox;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.model.ControlCommand;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Projects as they are decided, and the commands about them. Thread-safe. */
public final class Projects {
    private final ControlView view;
    private final Outbox outbox;
    private final Waiting<ControlView.Answer> waiting;

    public Projects(ControlView view, Outbox outbox, Waiting<ControlView.Answer> waiting) {
        this.view = view;
        this.outbox = outbox;
        this.waiting = waiting;
    }

    /**
     * Empty: there is none, or it was deleted. A project that was opened by a push is served before this instance has read that it
     * was opened.
     *
     * @param isServed whether there are records of it
     */
    public Optional<ProjectInfo> find(String project, BooleanSupplier isServed) {
        Optional<ProjectInfo> decided = view.project(project);
        if (decided.isEmpty() && isServed.getAsBoolean()) return Optional.of(ProjectInfo.opened(project));
        return decided.filter(ProjectInfo::isThere);
    }

    public SortedMap<String, ProjectInfo> all() {
        SortedMap<String, ProjectInfo> all = view.projects();
        all.values().removeIf(info -> !info.isThere());
        return all;
    }

    public boolean isPaused(String project) {
        return view.project(project).map(ProjectInfo::paused).orElse(false);
    }

    public boolean isDeleting(String project) {
        return view.project(project)
                .map(info -> info.state().equals("deleting"))
                .orElse(false);
    }

    /** @param policy JSON object of what is to change */
    public CompletableFuture<ControlView.Answer> put(String project, String policy) {
        return send(project, ControlCommand.PROJECT_PUT, "", policy);
    }

    public CompletableFuture<ControlView.Answer> delete(String project) {
        return send(project, ControlCommand.PROJECT_DELETE, "", "{}");
    }

    /** Forgets what a replica sent; its floor stays. */
    public CompletableFuture<ControlView.Answer> deleteReplica(String project, String replica) {
        return send(project, ControlCommand.REPLICA_DELETE, replica, "{}");
    }

    private CompletableFuture<ControlView.Answer> send(String project, String kind, String name, String body) {
        Waiting.Ticket<ControlView.Answer> ticket = waiting.begin(project);
        outbox.send(new ControlCommand(project, kind, name, ticket.id(), body)).whenComplete((sent, error) -> {
            if (error != null) waiting.fail(ticket.id(), error);
        });
        return ticket.answer();
    }
}
