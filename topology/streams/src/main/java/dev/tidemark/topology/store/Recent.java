package dev.tidemark.topology.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What is kept in memory of the projects used last, at most {@link #PROJECTS_MAX}. Not thread-safe: one task's. */
public final class Recent<T> {
    /** A project's hot rows are some 10 kB at most. */
    public static final int PROJECTS_MAX = 256;

    private final Function<String, T> begin;
    private final Map<String, T> byProject = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > PROJECTS_MAX;
        }
    };

    /** @param begin what to keep of a project that is not in memory */
    public Recent(Function<String, T> begin) {
        this.begin = begin;
    }

    public T of(String project) {
        T kept = byProject.get(project);
        if (kept == null) {
            kept = begin.apply(project);
            byProject.put(project, kept);
        }
        return kept;
    }
}
