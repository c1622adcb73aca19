package dev.tidemark.topology.processor;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.model.Policy;
import dev.tidemark.topology.fence.ClusterIdentity;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What becomes known of a project when Admit decides something about it: its state in {@code control}, and an event. */
final class ProjectStates {
    private static final int DETAIL_CHARS_MAX = 300;

    private ProjectStates() {}

    /** One record for one of Admit's topics. */
    interface Written {
        void to(LogOutput output, long timestampMs);
    }

    static List<Written> opened(
            String project, ProjectHead head, Policy policy, @Nullable String requestId, ClusterIdentity identity) {
        return both("project.created", project, head, policy, requestId, identity);
    }

    static List<Written> changed(
            String project, ProjectHead head, Policy policy, @Nullable String requestId, ClusterIdentity identity) {
        return both("project.changed", project, head, policy, requestId, identity);
    }

    static List<Written> deleting(
            String project, ProjectHead head, Policy policy, @Nullable String requestId, ClusterIdentity identity) {
        return both("project.deleting", project, head, policy, requestId, identity);
    }

    static List<Written> deleted(
            String project, ProjectHead head, Policy policy, @Nullable String requestId, ClusterIdentity identity) {
        return both("project.deleted", project, head, policy, requestId, identity);
    }

    static Written refused(String project, @Nullable String requestId, String code, String detail) {
        TreeMap<String, String> body = new TreeMap<>(CanonicalJson.NAMES);
        body.put("code", CanonicalJson.quote(code));
        body.put("detail", CanonicalJson.quote(brief(detail)));
        LifecycleEvent event = new LifecycleEvent(
                project, LifecycleEvent.COMMAND_REFUSED, project, requestId, CanonicalJson.object(body));
        return (output, timestampMs) -> output.event(event, timestampMs);
    }

    /** Details quote what was sent, which may be of any length. */
    private static String brief(String detail) {
        if (detail.length() <= DETAIL_CHARS_MAX) return detail;
        boolean pairCut = Character.isHighSurrogate(detail.charAt(DETAIL_CHARS_MAX - 1));
        return detail.substring(0, pairCut ? DETAIL_CHARS_MAX - 1 : DETAIL_CHARS_MAX) + "...";
    }

    private static List<Written> both(
            String kind,
            String project,
            ProjectHead head,
            Policy policy,
            @Nullable String requestId,
            ClusterIdentity identity) {
        ControlState state = DecidedProject.of(project, head, policy, identity).state(requestId);
        LifecycleEvent event = new LifecycleEvent(project, kind, project, requestId, state.body());
        return List.of(
                (output, timestampMs) -> output.state(state, timestampMs),
                (output, timestampMs) -> output.event(event, timestampMs));
    }
}
