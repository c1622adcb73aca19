package dev.tidemark.topology.processor;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.Names;
import dev.tidemark.model.Policy;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Policies as commands carry them: {@code {"paused":false,"filterable":{"image":["postId"]}}}; what is absent stays as it was. */
final class PolicyText {
    private PolicyText() {}

    /** @throws IllegalArgumentException with a message for people; also {@code RefusedJson} */
    static Policy parse(String json, Policy before) {
        String canonical = CanonicalJson.of(json);
        if (!CanonicalJson.isObject(canonical)) throw new IllegalArgumentException("a policy is a JSON object");
        Policy policy = before;
        for (var member : CanonicalJson.members(canonical).entrySet()) {
            policy = switch (member.getKey()) {
                case "paused" -> new Policy(flag(member.getValue()), policy.filterable());
                case "filterable" -> new Policy(policy.paused(), filterable(member.getValue()));
                default -> throw new IllegalArgumentException("unknown member " + member.getKey() + " of a policy");
            };
        }
        return policy;
    }

    private static boolean flag(String value) {
        if (!value.equals("true") && !value.equals("false"))
            throw new IllegalArgumentException("paused is true or false");
        return value.equals("true");
    }

    private static SortedMap<String, SortedSet<String>> filterable(String value) {
        if (!CanonicalJson.isObject(value))
            throw new IllegalArgumentException("filterable is an object of entity type to a list of fields");
        TreeMap<String, SortedSet<String>> types = new TreeMap<>();
        int fields = 0;
        for (var type : CanonicalJson.members(value).entrySet()) {
            if (!Names.isName(type.getKey()))
                throw new IllegalArgumentException("invalid entity type " + type.getKey());
            SortedSet<String> names = fields(type.getValue());
            fields += names.size();
            if (!names.isEmpty()) types.put(type.getKey(), names);
        }
        if (fields > Policy.FILTERABLE_MAX)
            throw new IllegalArgumentException(
                    "at most " + Policy.FILTERABLE_MAX + " fields of a project are filterable");
        return types;
    }

    private static SortedSet<String> fields(String value) {
        if (!CanonicalJson.isArray(value)) throw new IllegalArgumentException("filterable fields are a list of names");
        TreeSet<String> names = new TreeSet<>();
        for (String element : CanonicalJson.elements(value)) {
            String name = element.startsWith("\"") ? CanonicalJson.textOf(element) : "";
            if (!Names.isKey(name))
                throw new IllegalArgumentException("a filterable field is 1 to 1,024 bytes of text");
            names.add(name);
        }
        return names;
    }
}
