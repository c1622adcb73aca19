package dev.tidemark.algebra;

/**
 * Walks the top-level members of a canonical object, in their order, without copying what the caller does not ask for.
 *
 * <p>Invariant: after {@link #next} said true, {@code start() < valueStart() < end()} enclose one member and its value,
 * commas outside.
 */
final class MemberScan {
    private final String text;
    private int start;
    private int nameEnd;
    private int end;

    /** @throws IllegalArgumentException if the text is no object */
    MemberScan(String canonicalObject) {
        if (!CanonicalJson.isObject(canonicalObject)) throw new IllegalArgumentException("not an object");
        this.text = canonicalObject;
    }

    boolean next() {
        if (text.charAt(end == 0 ? 1 : end) == '}') return false;
        start = end + 1;
        nameEnd = CanonicalScan.stringEnd(text, start);
        end = CanonicalScan.valueEnd(text, valueStart());
        return true;
    }

    int start() {
        return start;
    }

    int valueStart() {
        return nameEnd + 1;
    }

    int end() {
        return end;
    }

    String name() {
        return CanonicalString.decode(text, start + 1, nameEnd - 1);
    }

    String value() {
        return text.substring(valueStart(), end);
    }

    boolean isNull() {
        return text.charAt(valueStart()) == 'n';
    }

    /** Order of this member's name against another, as {@link CanonicalJson#compareNames} has it. */
    int compareName(String other) {
        int length = nameEnd - 1 - (start + 1);
        int common = Math.min(length, other.length());
        for (int i = 0; i < common; i++) {
            char c = text.charAt(start + 1 + i);
            if (c == '\\') return CanonicalJson.compareNames(name(), other);
            if (c != other.charAt(i)) return CanonicalJson.compareChars(c, other.charAt(i));
        }
        // An escape may follow the common part; it still stands for at least one char.
        return Integer.compare(length, other.length());
    }
}
