package dev.tidemark.topology.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What is kept in memory of the things used last, a bounded number of them. Not thread-safe: one task's. */
public final class Recent<K, T> {
    /** A project's hot rows are some 10 kB at most. */
    public static final int PROJECTS_MAX = 256;
    /** What is kept of a replica is about 1 kB at most. */
    public static final int REPLICAS_MAX = 2_048;

    private final Function<K, T> begin;
    private final Map<K, T> byKey;

    /** @param begin what to keep of one that is not in memory */
    public Recent(int max, Function<K, T> begin) {
        this.begin = begin;
        this.byKey = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, T> eldest) {
                return size() > max;
            }
        };
    }

    public T of(K key) {
        T kept = byKey.get(key);
        if (kept == null) {
            kept = begin.apply(key);
            byKey.put(key, kept);
        }
        return kept;
    }

    /** Keeps nothing any more. */
    public void clear() {
        byKey.clear();
    }
}
