package dev.tidemark.algebra;

/**
 * Numbers in canonical JSON (semantics, section 8): exact decimals d x 10^e, where d has no trailing zero.
 *
 * <p>Invariant: equal numbers have equal text, and no number is rounded. Cost is linear in the text, whatever its
 * exponent says.
 */
final class CanonicalNumber {
    static final int DIGITS_MAX = 38;
    static final int EXPONENT_MAX = 400;

    /** Beyond anything that the digits of a Java string could bring back into range. */
    private static final long EXPONENT_SATURATED = 1_000_000_000_000L;

    private final StringBuilder digits = new StringBuilder(DIGITS_MAX);
    private boolean negative;
    private boolean tooLong;
    private long exponent;

    private CanonicalNumber() {}

    /**
     * Appends the canonical form of a well-formed JSON number.
     *
     * @return false if it is out of range; nothing is appended then
     */
    static boolean append(StringBuilder out, char[] text, int from, int to) {
        if (isPlainInteger(text, from, to)) {
            out.append(text, from, to - from);
            return true;
        }
        CanonicalNumber number = new CanonicalNumber();
        number.read(text, from, to);
        return number.write(out);
    }

    /** An integer of at most 38 digits is its own canonical form, except -0. */
    private static boolean isPlainInteger(char[] text, int from, int to) {
        if (to - from > DIGITS_MAX) return false;
        int first = text[from] == '-' ? from + 1 : from;
        if (text[first] == '0') return to - from == 1;
        for (int i = first; i < to; i++) if (!isDigit(text[i])) return false;
        return true;
    }

    private void read(char[] text, int from, int to) {
        negative = text[from] == '-';
        int at = readMantissa(text, negative ? from + 1 : from, to);
        if (at < to) exponent += exponentOf(text, at + 1, to);
    }

    private int readMantissa(char[] text, int from, int to) {
        boolean fraction = false;
        int zeros = 0;
        int at = from;
        for (; at < to && text[at] != 'e' && text[at] != 'E'; at++) {
            char c = text[at];
            if (c == '.') {
                fraction = true;
                continue;
            }
            if (fraction) exponent--;
            if (c == '0') {
                if (!digits.isEmpty()) zeros++;
            } else {
                appendDigit(zeros, c);
                zeros = 0;
            }
        }
        exponent += zeros;
        return at;
    }

    private void appendDigit(int zerosBefore, char digit) {
        if (digits.length() + zerosBefore >= DIGITS_MAX) {
            tooLong = true;
            return;
        }
        for (int i = 0; i < zerosBefore; i++) digits.append('0');
        digits.append(digit);
    }

    private static long exponentOf(char[] text, int from, int to) {
        boolean signed = text[from] == '-' || text[from] == '+';
        long value = 0;
        for (int i = signed ? from + 1 : from; i < to && value < EXPONENT_SATURATED; i++)
            value = value * 10 + (text[i] - '0');
        return text[from] == '-' ? -value : value;
    }

    private boolean write(StringBuilder out) {
        if (digits.isEmpty()) {
            out.append('0');
            return true;
        }
        if (tooLong || Math.abs(exponent) > EXPONENT_MAX) return false;
        if (negative) out.append('-');
        int e = (int) exponent;
        if (e >= 0 && digits.length() + e <= DIGITS_MAX) writeWhole(out, e);
        else if (e < 0 && e >= -DIGITS_MAX) writeFraction(out, -e);
        else out.append(digits).append('e').append(e);
        return true;
    }

    private void writeWhole(StringBuilder out, int zeros) {
        out.append(digits);
        for (int i = 0; i < zeros; i++) out.append('0');
    }

    private void writeFraction(StringBuilder out, int places) {
        int whole = digits.length() - places;
        if (whole > 0) {
            out.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
            return;
        }
        out.append("0.");
        for (int i = whole; i < 0; i++) out.append('0');
        out.append(digits);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
