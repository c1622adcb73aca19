package dev.tidemark.algebra;

import org.jspecify.annotations.Nullable;

/**
 * The fields of an entity, as a canonical JSON object (semantics, section 2).
 *
 * <p>Invariants: immutable; no top-level member is null, for null is absent; equal exactly if the canonical texts are. The
 * text is the only state: a field is found by a scan and changed by a splice, so a put never takes the object apart.
 */
public final class Image {
    /** No field at all. */
    public static final Image EMPTY = new Image("{}");

    private final String text;

    private Image(String text) {
        this.text = text;
    }

    /**
     * Drops top-level nulls, keeps nested ones.
     *
     * @throws IllegalArgumentException if the text is no object
     */
    public static Image ofCanonical(String canonicalObject) {
        if (!CanonicalJson.isObject(canonicalObject)) throw new IllegalArgumentException("an image is an object");
        boolean mayHaveNull = canonicalObject.contains(":null");
        return new Image(mayHaveNull ? withoutNulls(canonicalObject) : canonicalObject);
    }

    public String canonical() {
        return text;
    }

    /** Canonical value; null if the field is absent. */
    public @Nullable String field(String name) {
        MemberScan scan = new MemberScan(text);
        while (scan.next()) {
            int order = scan.compareName(name);
            if (order == 0) return scan.value();
            if (order > 0) return null;
        }
        return null;
    }

    /** This image with field = value; null takes the field away. */
    public Image with(String field, String canonicalValue) {
        if (CanonicalJson.isNull(canonicalValue)) return without(field);
        MemberScan scan = new MemberScan(text);
        while (scan.next()) {
            int order = scan.compareName(field);
            if (order == 0) return splice(scan.valueStart(), canonicalValue, scan.end());
            if (order > 0)
                return splice(scan.start(), member(field, canonicalValue).append(','), scan.start());
        }
        return withLast(member(field, canonicalValue));
    }

    /** This image without the field. */
    public Image without(String field) {
        MemberScan scan = new MemberScan(text);
        while (scan.next()) {
            int order = scan.compareName(field);
            if (order == 0) return withoutSpan(scan.start(), scan.end());
            if (order > 0) return this;
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image image && text.equals(image.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Its length only: images are payload, and payload is never logged. */
    @Override
    public String toString() {
        return "Image[" + text.length() + " chars]";
    }

    private static StringBuilder member(String field, String canonicalValue) {
        StringBuilder out = new StringBuilder(field.length() + canonicalValue.length() + 4);
        CanonicalString.append(out, field);
        return out.append(':').append(canonicalValue);
    }

    private Image withLast(StringBuilder member) {
        int last = text.length() - 1;
        return splice(last, last > 1 ? member.insert(0, ',') : member, last);
    }

    /** Takes a member out with one of the commas around it. */
    private Image withoutSpan(int start, int end) {
        boolean first = start == 1;
        boolean last = end == text.length() - 1;
        if (first && last) return EMPTY;
        return first ? splice(start, "", end + 1) : splice(start - 1, "", end);
    }

    private Image splice(int from, CharSequence replacement, int to) {
        return new Image(new StringBuilder(text.length() + replacement.length())
                .append(text, 0, from)
                .append(replacement)
                .append(text, to, text.length())
                .toString());
    }

    private static String withoutNulls(String object) {
        StringBuilder out = new StringBuilder(object.length()).append('{');
        MemberScan scan = new MemberScan(object);
        while (scan.next()) {
            if (scan.isNull()) continue;
            if (out.length() > 1) out.append(',');
            out.append(object, scan.start(), scan.end());
        }
        return out.append('}').toString();
    }
}
