package dev.tidemark.fuzz;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as exact decimals d x 10^e (semantics, section 8), for {@link ReferenceJson}. */
final class ReferenceNumber {
    private static final Pattern NUMBER =
            Pattern.compile("(-?)(0|[1-9][0-9]*+)(?:\\.([0-9]++))?(?:[eE]([+-]?[0-9]++))?");
    private static final int DIGITS_MAX = 38;
    private static final BigInteger EXPONENT_MAX = BigInteger.valueOf(400);

    private ReferenceNumber() {}

    /** Empty: it is no number, or out of range. */
    static Optional<String> canonical(String text) {
        Matcher parts = NUMBER.matcher(text);
        if (!parts.matches()) return Optional.empty();
        String fraction = parts.group(3) == null ? "" : parts.group(3);
        BigInteger exponent = parts.group(4) == null ? BigInteger.ZERO : new BigInteger(parts.group(4));
        String all = (parts.group(2) + fraction).replaceFirst("^0++", "");
        String digits = all.replaceFirst("(?<!0)0++$", "");
        if (digits.isEmpty()) return Optional.of("0");
        BigInteger e = exponent.subtract(BigInteger.valueOf(fraction.length()))
                .add(BigInteger.valueOf(all.length() - digits.length()));
        if (digits.length() > DIGITS_MAX || e.abs().compareTo(EXPONENT_MAX) > 0) return Optional.empty();
        return Optional.of(parts.group(1) + written(digits, e.intValue()));
    }

    private static String written(String digits, int e) {
        if (e >= 0 && digits.length() + e <= DIGITS_MAX) return digits + "0".repeat(e);
        if (e >= 0 || e < -DIGITS_MAX) return digits + "e" + e;
        String padded = "0".repeat(Math.max(0, 1 - e - digits.length())) + digits;
        int point = padded.length() + e;
        return padded.substring(0, point) + "." + padded.substring(point);
    }
}
