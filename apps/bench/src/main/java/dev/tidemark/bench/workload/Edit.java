package dev.tidemark.bench.workload;

/**
 * An entity gets a new image.
 *
 * @param project index, from 0
 * @param entity index within the project, from 0
 * @param image JSON object; never the one that the entity had before
 */
public record Edit(int project, int entity, String image) {
    public static final String TYPE = "note";

    public String key() {
        return keyOf(entity);
    }

    public static String keyOf(int entity) {
        return String.format("n%08d", entity);
    }
}
