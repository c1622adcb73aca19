package dev.tidemark.backbone.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.LifecycleEvent;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Decided state of all projects as far as it was read, and the answers to commands of this process. Thread-safe. */
public final class ControlView {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** How a command ended: the project as it then is, or why not. */
    public sealed interface Answer {
        record Done(ProjectInfo project) implements Answer {}

        record Refused(String code, String detail) implements Answer {}
    }

    private final Map<String, ProjectInfo> projects = new ConcurrentHashMap<>();
    private final Waiting<Answer> waiting;

    public ControlView(Waiting<Answer> waiting) {
        this.waiting = waiting;
    }

    /** Empty: nothing was ever decided of it. */
    public Optional<ProjectInfo> project(String name) {
        return Optional.ofNullable(projects.get(name));
    }

    public SortedMap<String, ProjectInfo> projects() {
        return new TreeMap<>(projects);
    }

    /** @throws JsonProcessingException if what was decided is not JSON */
    public void take(ControlState state) throws JsonProcessingException {
        if (state.kind().equals(ControlState.PROJECT)) takeProject(state);
        String requestId = state.requestId();
        if (requestId != null) waiting.answer(requestId, new Answer.Done(known(state.project())));
    }

    private ProjectInfo known(String project) {
        return project(project).orElseGet(() -> ProjectInfo.opened(project));
    }

    private void takeProject(ControlState state) throws JsonProcessingException {
        JsonNode body = MAPPER.readTree(state.body());
        ProjectInfo info = new ProjectInfo(
                state.project(),
                body.path("state").asText(),
                body.path("generation").asLong(),
                body.path("epoch").asText(),
                body.path("paused").asBoolean(),
                body.path("filterable"));
        projects.put(state.project(), info);
    }

    /** @throws JsonProcessingException if the event is not JSON */
    public void take(LifecycleEvent event) throws JsonProcessingException {
        String requestId = event.requestId();
        if (requestId == null || !event.kind().equals(LifecycleEvent.COMMAND_REFUSED)) return;
        JsonNode body = MAPPER.readTree(event.body());
        waiting.answer(
                requestId,
                new Answer.Refused(
                        body.path("code").asText(), body.path("detail").asText()));
    }
}
