package dev.tidemark.topology.processor;

import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Filterable;
import dev.tidemark.algebra.IndexEntry;
import dev.tidemark.algebra.ProjectDeletion;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ProjectWrites;
import dev.tidemark.algebra.RefusedJson;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.AdmitEnvironment;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.store.AdmitStores;
import dev.tidemark.wire.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Decides the commands of {@code tidemark.commands}: one writer per project, so that of two that exclude each other one loses.
 * A long command goes on by a command to itself, a bounded step each.
 */
final class CommandHandler {
    /** Entities deleted in one step of deleting a project. */
    private static final int DELETED_PER_STEP = 1_000;
    /**
     * Entities of a type that may be there when a field of it is declared filterable. They are indexed in one transaction, which
     * must end long before its timeout or it would be tried again for ever: 100,000 take more than a second.
     */
    private static final int INDEXED_MAX = 200_000;

    /** Rows of outcomes dropped in one step of deleting a replica or a project. */
    private static final int RUNS_PER_STEP = 1_000;

    private static final String REPLICA_STEP = "replica.delete.step";
    private static final String ORIGINS_STEP = "project.delete.origins.step";

    private final AdmitEnvironment environment;

    private final ProcessorContext<byte[], byte[]> context;
    private final AdmitStores stores;
    private final DeadLetters deadLetters;
    private final LogOutput output;

    CommandHandler(
            AdmitEnvironment environment,
            ProcessorContext<byte[], byte[]> context,
            AdmitStores stores,
            LogOutput output) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.output = output;
        this.deadLetters = new DeadLetters(context, Names.DEAD_LETTERS_SINK, environment.messageBytesMax());
    }

    void handle(Record<byte[], byte[]> record) {
        ControlCommand command;
        try {
            command = withinLimits(environment.codec().decodeCommand(record.value()));
        } catch (UndecodableException e) {
            bury(record, e.reasonCode());
            return;
        }
        if (Partitions.of(command.project(), environment.identity().partitions())
                != context.taskId().partition()) bury(record, "misplaced");
        else decide(record, command);
    }

    private static ControlCommand withinLimits(ControlCommand command) {
        String requestId = HeaderText.requestId(command.requestId());
        return new ControlCommand(command.project(), command.kind(), command.name(), requestId, command.body());
    }

    private void decide(Record<byte[], byte[]> record, ControlCommand command) {
        switch (command.kind()) {
            case ControlCommand.PROJECT_PUT -> put(record, command);
            case ControlCommand.PROJECT_DELETE -> delete(record, command);
            case ControlCommand.PROJECT_DELETE_STEP -> deleteStep(record, command);
            case ORIGINS_STEP -> originsStep(record, command);
            case ControlCommand.REPLICA_DELETE -> deleteReplica(record, command);
            case REPLICA_STEP -> forget(record, command);
            default -> bury(record, "unknown_command");
        }
    }

    private void put(Record<byte[], byte[]> record, ControlCommand command) {
        AdmitStores.View view = stores.view(command.project());
        Policy before = view.policy();
        Policy after;
        try {
            after = PolicyText.parse(command.body(), before);
        } catch (RefusedJson | IllegalArgumentException e) {
            refuse(record, command, "policy_invalid", String.valueOf(e.getMessage()));
            return;
        }
        if (view.head().life() == ProjectHead.Life.DELETING) {
            refuse(record, command, "project_deleting", "the project is being deleted");
            return;
        }
        String crowded = reindex(command.project(), view, before, after);
        if (crowded != null) {
            refuse(record, command, "too_many_entities", crowded);
            return;
        }
        boolean isNew = view.head().life() == ProjectHead.Life.ABSENT;
        if (isNew) stores.writeHead(command.project(), view.head().with(ProjectHead.Life.OPEN));
        stores.writePolicy(command.project(), after);
        List<ProjectStates.Written> written = isNew
                ? ProjectStates.opened(
                        command.project(), view.head(), after, command.requestId(), environment.identity())
                : ProjectStates.changed(
                        command.project(), view.head(), after, command.requestId(), environment.identity());
        written.forEach(each -> each.to(output, record.timestamp()));
    }

    /** Brings the index to the new policy; says why it cannot. */
    private @Nullable String reindex(String project, AdmitStores.View view, Policy before, Policy after) {
        Set<String> types = new TreeSet<>(before.filterable().keySet());
        types.addAll(after.filterable().keySet());
        types.removeIf(type -> before.filterableFields(type).equals(after.filterableFields(type)));
        for (String type : types)
            if (view.countOf(type) > INDEXED_MAX)
                return "there are " + view.countOf(type) + " entities of type " + type + ", at most " + INDEXED_MAX
                        + " can be indexed afterwards";
        for (String type : types) {
            stores.dropIndex(project, type);
            stores.writeIndex(project, entries(view, type, after.filterableFields(type)), List.of());
        }
        return null;
    }

    private List<IndexEntry> entries(AdmitStores.View view, String type, Set<String> fields) {
        List<IndexEntry> entries = new ArrayList<>();
        if (fields.isEmpty()) return entries;
        for (String path : view.pathsOfType(type, INDEXED_MAX)) {
            EntityState state = view.entity(path);
            if (state == null || state.image() == null) continue;
            for (String field : fields)
                for (String value : Filterable.valuesOf(state.image().field(field)))
                    entries.add(new IndexEntry(type, field, value, path));
        }
        return entries;
    }

    private void delete(Record<byte[], byte[]> record, ControlCommand command) {
        AdmitStores.View view = stores.view(command.project());
        if (view.head().life() != ProjectHead.Life.OPEN) {
            refuse(record, command, "project_not_found", "there is no such project, or it is being deleted");
            return;
        }
        stores.writeHead(command.project(), view.head().with(ProjectHead.Life.DELETING));
        ProjectStates.deleting(
                        command.project(), view.head(), view.policy(), command.requestId(), environment.identity())
                .forEach(each -> each.to(output, record.timestamp()));
        step(command.project(), ControlCommand.PROJECT_DELETE_STEP, "", record.timestamp());
    }

    private void deleteReplica(Record<byte[], byte[]> record, ControlCommand command) {
        if (!stores.isKnown(command.project(), command.name())) {
            refuse(record, command, "replica_not_found", "no replica of that name ever pushed");
            return;
        }
        ControlState state = new ControlState(
                command.project(),
                ControlState.REPLICA,
                command.name(),
                command.requestId(),
                "{\"state\":\"deleted\"}");
        output.state(state, record.timestamp());
        forget(record, command);
    }

    private void forget(Record<byte[], byte[]> record, ControlCommand command) {
        boolean done = stores.forgetReplica(command.project(), command.name(), RUNS_PER_STEP);
        if (!done) step(command.project(), REPLICA_STEP, command.name(), record.timestamp());
    }

    private void deleteStep(Record<byte[], byte[]> record, ControlCommand command) {
        AdmitStores.View view = stores.view(command.project());
        if (view.head().life() != ProjectHead.Life.DELETING) return;
        List<String> paths = view.pathsAfter(command.name(), DELETED_PER_STEP);
        ProjectWrites writes = ProjectDeletion.tombstones(
                command.project(),
                paths,
                environment.identity().epoch(view.head().generation()),
                view);
        stores.write(command.project(), writes, record.timestamp());
        output.changes(writes.changes(), record.timestamp(), null);
        if (paths.size() == DELETED_PER_STEP)
            step(
                    command.project(),
                    ControlCommand.PROJECT_DELETE_STEP,
                    paths.get(paths.size() - 1),
                    record.timestamp());
        else step(command.project(), ORIGINS_STEP, "", record.timestamp());
    }

    /** With the records go the origins: an answer of {@code duplicate} would name a record that is not there. */
    private void originsStep(Record<byte[], byte[]> record, ControlCommand command) {
        if (stores.view(command.project()).head().life() != ProjectHead.Life.DELETING) return;
        String last = stores.forgetReplicas(command.project(), command.name(), RUNS_PER_STEP);
        if (last != null) step(command.project(), ORIGINS_STEP, last, record.timestamp());
        else finishDeletion(record, command.project());
    }

    private void finishDeletion(Record<byte[], byte[]> record, String project) {
        AdmitStores.View view = stores.view(project);
        for (String type : view.policy().filterable().keySet()) stores.dropIndex(project, type);
        stores.writePolicy(project, Policy.DEFAULT);
        stores.writeHead(project, view.head().nextGeneration());
        ProjectStates.deleted(project, view.head(), Policy.DEFAULT, null, environment.identity())
                .forEach(each -> each.to(output, record.timestamp()));
        output.outcome(
                new BatchOutcome(
                        new ReplicaId(project, "", ""),
                        environment.identity().epoch(view.head().generation()),
                        null,
                        null,
                        view.head().ordinal(),
                        -1,
                        List.of()),
                record.timestamp());
    }

    private void step(String project, String kind, String name, long timestampMs) {
        ControlCommand next = new ControlCommand(project, kind, name, null, "{}");
        byte[] key = project.getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, environment.codec().encodeCommand(next), timestampMs), Names.COMMANDS_SINK);
    }

    private void refuse(Record<byte[], byte[]> record, ControlCommand command, String code, String detail) {
        ProjectStates.refused(command.project(), command.requestId(), code, detail)
                .to(output, record.timestamp());
    }

    private void bury(Record<byte[], byte[]> record, String reason) {
        deadLetters.add(record, reason);
        environment
                .listener()
                .onDeadLetter(context.recordMetadata().orElseThrow().topic(), reason);
    }
}
