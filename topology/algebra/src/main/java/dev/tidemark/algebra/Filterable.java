package dev.tidemark.algebra;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which values of a field an index holds: a scalar itself, a set by its members, anything else not at all. */
public final class Filterable {
    private Filterable() {}

    /** @param value canonical; null: the field is absent */
    public static List<String> valuesOf(@Nullable String value) {
        if (value == null) return List.of();
        if (CanonicalJson.isScalar(value)) return List.of(value);
        if (!CanonicalJson.isArray(value)) return List.of();
        List<String> elements = CanonicalJson.elements(value);
        return elements.stream().allMatch(CanonicalJson::isScalar) ? elements : List.of();
    }
}
