package dev.tidemark.topology.processor;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Policy;
import dev.tidemark.topology.fence.ClusterIdentity;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A project as {@code tidemark.control} tells it. */
public record DecidedProject(String project, ProjectHead.Life life, long generation, Epoch epoch, Policy policy) {
    public static DecidedProject of(String project, ProjectHead head, Policy policy, ClusterIdentity identity) {
        return new DecidedProject(project, head.life(), head.generation(), identity.epoch(head.generation()), policy);
    }

    /** @throws IllegalArgumentException if the state is none of a project; also {@code RefusedJson} */
    public static DecidedProject parse(ControlState state) {
        SortedMap<String, String> body = CanonicalJson.members(CanonicalJson.of(state.body()));
        TreeMap<String, String> policy = new TreeMap<>(CanonicalJson.NAMES);
        policy.put("paused", member(body, "paused"));
        policy.put("filterable", member(body, "filterable"));
        return new DecidedProject(
                state.project(),
                ProjectHead.Life.valueOf(
                        CanonicalJson.textOf(member(body, "state")).toUpperCase(Locale.ROOT)),
                Long.parseLong(member(body, "generation")),
                Epoch.ofHex(CanonicalJson.textOf(member(body, "epoch"))),
                PolicyText.parse(CanonicalJson.object(policy), Policy.DEFAULT));
    }

    public ControlState state(@Nullable String requestId) {
        return new ControlState(project, ControlState.PROJECT, "", requestId, body());
    }

    private String body() {
        TreeMap<String, String> body = new TreeMap<>(CanonicalJson.NAMES);
        body.put("state", CanonicalJson.quote(life.name().toLowerCase(Locale.ROOT)));
        body.put("generation", Long.toString(generation));
        body.put("epoch", CanonicalJson.quote(epoch.hex()));
        body.put("paused", Boolean.toString(policy.paused()));
        body.put("filterable", filterable());
        return CanonicalJson.object(body);
    }

    private String filterable() {
        SortedMap<String, String> types = new TreeMap<>(CanonicalJson.NAMES);
        policy.filterable().forEach((entity, fields) -> types.put(entity, array(fields)));
        return CanonicalJson.object(types);
    }

    private static String array(SortedSet<String> fields) {
        return CanonicalJson.array(fields.stream().map(CanonicalJson::quote).collect(Collectors.toList()));
    }

    private static String member(SortedMap<String, String> body, String name) {
        String value = body.get(name);
        if (value == null) throw new IllegalArgumentException("a project's state has no " + name);
        return value;
    }
}
