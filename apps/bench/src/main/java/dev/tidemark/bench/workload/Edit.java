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

    private static final int KEY_DIGITS = 8;

    public String key() {
        return keyOf(entity);
    }

    public static String keyOf(int entity) {
        String digits = Integer.toString(entity);
        return "n" + "0".repeat(Math.max(0, KEY_DIGITS - digits.length())) + digits;
    }
}
