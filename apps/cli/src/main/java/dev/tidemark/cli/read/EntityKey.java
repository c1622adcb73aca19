package dev.tidemark.cli.read;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.EntityPath;
import java.util.Comparator;

/** An entity of the project at hand; ordered by type, then key, both by their UTF-8 bytes. */
record EntityKey(String entity, String key) implements Comparable<EntityKey> {
    private static final Comparator<EntityKey> ORDER = Comparator.comparing(EntityKey::entity, CanonicalJson.NAMES)
            .thenComparing(EntityKey::key, CanonicalJson.NAMES);

    @Override
    public int compareTo(EntityKey other) {
        return ORDER.compare(this, other);
    }

    String pathIn(String project) {
        return EntityPath.of(project, entity, key);
    }

    /** For a person. */
    String shown() {
        return entity + " " + CanonicalJson.quote(key);
    }
}
