package dev.tidemark.algebra;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one text of a JSON value (semantics, section 8): no white space, members by the UTF-8 bytes of their names, numbers
 * as exact decimals. Not RFC 8785, whose doubles lose 2^53+1.
 *
 * <p>Invariants: {@code of(of(x)) = of(x)}; two values are equal exactly if their canonical texts are. Only {@link #of}
 * and {@link #quote} read text from outside; everything else takes text that is already canonical and does not check it.
 */
public final class CanonicalJson {
    /** Most levels of objects and arrays; bounds the stack of every reader. */
    public static final int DEPTH_MAX = 64;

    /** Order of UTF-8 bytes. */
    public static final Comparator<String> NAMES = CanonicalJson::compareNames;

    private static final String NULL = "null";

    private CanonicalJson() {}

    /**
     * Canonical text of any JSON text.
     *
     * @throws RefusedJson if it is malformed, or has a duplicate member, a lone surrogate, a number out of range or more
     *     than {@link #DEPTH_MAX} levels
     */
    public static String of(String json) {
        return Canonicaliser.canonical(json);
    }

    /**
     * The text as a canonical JSON string.
     *
     * @throws RefusedJson if it has a lone surrogate
     */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        CanonicalString.append(out, text);
        return out.toString();
    }

    /** Order of UTF-8 bytes, which is that of code points and not that of {@link String#compareTo}. */
    public static int compareNames(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) if (a.charAt(i) != b.charAt(i)) return compareChars(a.charAt(i), b.charAt(i));
        return Integer.compare(a.length(), b.length());
    }

    /** Members of a canonical object, name to canonical value, in a fresh map ordered by {@link #NAMES}. */
    public static SortedMap<String, String> members(String canonicalObject) {
        SortedMap<String, String> members = new TreeMap<>(NAMES);
        MemberScan scan = new MemberScan(canonicalObject);
        while (scan.next()) members.put(scan.name(), scan.value());
        return members;
    }

    /**
     * Elements of a canonical array, in their order, in a fresh list.
     *
     * @throws IllegalArgumentException if the text is no array
     */
    public static List<String> elements(String canonicalArray) {
        if (!isArray(canonicalArray)) throw new IllegalArgumentException("not an array");
        List<String> elements = new ArrayList<>();
        int last = canonicalArray.length() - 1;
        for (int at = 1; at < last; ) {
            int end = CanonicalScan.valueEnd(canonicalArray, at);
            elements.add(canonicalArray.substring(at, end));
            at = end + 1;
        }
        return elements;
    }

    /** Canonical object of canonical values. A map in another order than {@link #NAMES} is put in order. */
    public static String object(SortedMap<String, String> members) {
        StringBuilder out = new StringBuilder().append('{');
        for (Map.Entry<String, String> member : inOrder(members).entrySet()) {
            if (out.length() > 1) out.append(',');
            CanonicalString.append(out, member.getKey());
            out.append(':').append(member.getValue());
        }
        return out.append('}').toString();
    }

    /** Canonical array of canonical values, in the order given. */
    public static String array(Collection<String> values) {
        StringBuilder out = new StringBuilder().append('[');
        for (String value : values) {
            if (out.length() > 1) out.append(',');
            out.append(value);
        }
        return out.append(']').toString();
    }

    /** The text that a canonical string stands for. */
    public static String textOf(String canonicalString) {
        if (canonicalString.isEmpty() || canonicalString.charAt(0) != '"')
            throw new IllegalArgumentException("not a string");
        return CanonicalString.decode(canonicalString, 1, canonicalString.length() - 1);
    }

    public static boolean isObject(String canonical) {
        return canonical.charAt(0) == '{';
    }

    public static boolean isArray(String canonical) {
        return canonical.charAt(0) == '[';
    }

    /** Whether it is a string, number, true, false or null. */
    public static boolean isScalar(String canonical) {
        return !isObject(canonical) && !isArray(canonical);
    }

    public static boolean isNull(String canonical) {
        return canonical.equals(NULL);
    }

    /** Order of two different chars of well-formed text at the same place, by code point. */
    static int compareChars(char a, char b) {
        return Integer.compare(rank(a), rank(b));
    }

    /** Surrogates stand for code points above U+FFFF, so they come after every other char. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    private static SortedMap<String, String> inOrder(SortedMap<String, String> members) {
        if (NAMES.equals(members.comparator())) return members;
        SortedMap<String, String> ordered = new TreeMap<>(NAMES);
        ordered.putAll(members);
        return ordered;
    }
}
