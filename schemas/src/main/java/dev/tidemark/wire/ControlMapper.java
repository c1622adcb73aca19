package dev.tidemark.wire;

import static dev.tidemark.wire.Checks.invalid;
import static dev.tidemark.wire.Checks.name;
import static dev.tidemark.wire.Checks.text;
import static dev.tidemark.wire.Checks.textOrNull;

import dev.tidemark.model.TargetKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands, decided state, target events and lifecycle events from and to Avro. */
final class ControlMapper {
    private ControlMapper() {}

    static dev.tidemark.model.TargetEvent toModel(TargetEvent event) {
        return new dev.tidemark.model.TargetEvent(
                name("the project", event.getProject()),
                name("the target", event.getTarget()),
                kind(event.getKind()),
                event.getRequestId(),
                targetKind(event.getTargetKind()),
                event.getIncarnation() == null ? null : name("the incarnation", event.getIncarnation()),
                filter(event.getFilter()),
                event.getCursor(),
                event.getFrom(),
                event.getGeneration());
    }

    static TargetEvent toAvro(dev.tidemark.model.TargetEvent event) {
        TargetKind targetKind = event.targetKind();
        return new TargetEvent(
                text(event.project()),
                text(event.target()),
                TargetEventKind.valueOf(event.kind().name()),
                textOrNull(event.requestId()),
                targetKind == null ? null : targetKind.code(),
                textOrNull(event.incarnation()),
                event.filter(),
                textOrNull(event.cursor()),
                textOrNull(event.from()),
                event.generation());
    }

    static dev.tidemark.model.ControlCommand toModel(ControlCommand command) {
        return new dev.tidemark.model.ControlCommand(
                name("the project", command.getProject()),
                name("the kind", command.getKind()),
                command.getName(),
                command.getRequestId(),
                command.getBody());
    }

    static ControlCommand toAvro(dev.tidemark.model.ControlCommand command) {
        return new ControlCommand(
                text(command.project()),
                text(command.kind()),
                text(command.name()),
                textOrNull(command.requestId()),
                text(command.body()));
    }

    static dev.tidemark.model.ControlState toModel(ControlState state) {
        return new dev.tidemark.model.ControlState(
                name("the project", state.getProject()),
                name("the kind", state.getKind()),
                state.getName(),
                state.getRequestId(),
                state.getBody());
    }

    static ControlState toAvro(dev.tidemark.model.ControlState state) {
        return new ControlState(
                text(state.project()),
                text(state.kind()),
                text(state.name()),
                textOrNull(state.requestId()),
                text(state.body()));
    }

    static dev.tidemark.model.LifecycleEvent toModel(LifecycleEvent event) {
        return new dev.tidemark.model.LifecycleEvent(
                name("the project", event.getProject()),
                name("the kind", event.getKind()),
                event.getSubject(),
                event.getRequestId(),
                event.getBody());
    }

    static LifecycleEvent toAvro(dev.tidemark.model.LifecycleEvent event) {
        return new LifecycleEvent(
                text(event.project()),
                text(event.kind()),
                text(event.subject()),
                textOrNull(event.requestId()),
                text(event.body()));
    }

    private static dev.tidemark.model.TargetEvent.Kind kind(TargetEventKind kind) {
        return switch (kind) {
            case CREATE -> dev.tidemark.model.TargetEvent.Kind.CREATE;
            case ACK -> dev.tidemark.model.TargetEvent.Kind.ACK;
            case RESET -> dev.tidemark.model.TargetEvent.Kind.RESET;
            case DELETE -> dev.tidemark.model.TargetEvent.Kind.DELETE;
            case UNKNOWN -> throw invalid("a kind of target event that this version does not know");
        };
    }

    private static @Nullable TargetKind targetKind(@Nullable String code) {
        return code == null ? null : Checks.build(UndecodableException.INVALID_CONTENT, () -> TargetKind.ofCode(code));
    }

    private static List<String> filter(List<String> filter) {
        for (String entity : filter) name("an entity type of the filter", entity);
        return filter;
    }
}
