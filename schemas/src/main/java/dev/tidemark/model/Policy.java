package dev.tidemark.model;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a project's owner decided about it.
 *
 * @param paused the gateway refuses pushes; what is in the topic is still applied
 * @param filterable entity type to the fields that an apply_where may look up without a scan
 */
public record Policy(boolean paused, SortedMap<String, SortedSet<String>> filterable) {
    /** Nothing paused, nothing filterable: what a project created by its first push has. */
    public static final Policy DEFAULT = new Policy(false, new TreeMap<>());

    /** Most filterable fields of a project, so that one change stays a bounded number of index writes. */
    public static final int FILTERABLE_MAX = 64;

    public Policy {
        TreeMap<String, SortedSet<String>> copy = new TreeMap<>();
        filterable.forEach((entity, fields) -> copy.put(entity, new TreeSet<>(fields)));
        filterable = copy;
    }

    public Set<String> filterableFields(String entity) {
        SortedSet<String> fields = filterable.get(entity);
        return fields == null ? Set.of() : fields;
    }
}
