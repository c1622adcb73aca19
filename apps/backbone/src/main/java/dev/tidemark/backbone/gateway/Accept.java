package dev.tidemark.backbone.gateway;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code Accept} headers of RFC 9110, section 12.5. What is malformed in them counts as not said. */
final class Accept {
    private Accept() {}

    /**
     * The offered type that the header likes best; of equals, the first offered.
     *
     * @param header null: everything is welcome
     * @return null: none is acceptable
     */
    static @Nullable String best(@Nullable String header, List<String> offered) {
        if (header == null || header.isBlank()) return offered.get(0);
        String best = null;
        double bestQuality = 0;
        for (String type : offered) {
            double quality = quality(header, type, type.substring(0, type.indexOf('/')) + "/*", "*/*");
            if (quality > bestQuality) {
                best = type;
                bestQuality = quality;
            }
        }
        return best;
    }

    /** Whether an {@code Accept-Encoding} takes the coding. */
    static boolean allows(@Nullable String header, String coding) {
        return header != null && quality(header, coding, "*") > 0;
    }

    /** @param names what fits, the most specific first; that one counts */
    private static double quality(String header, String... names) {
        double quality = 0;
        int best = names.length;
        for (String range : header.split(",")) {
            String[] parts = range.trim().toLowerCase(Locale.ROOT).split("\\s*;\\s*");
            int fits = parts.length == 0 ? -1 : List.of(names).indexOf(parts[0]);
            if (fits < 0 || fits >= best) continue;
            best = fits;
            quality = qualityOf(parts);
        }
        return quality;
    }

    private static double qualityOf(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].startsWith("q=")) continue;
            try {
                return Math.min(1, Math.max(0, Double.parseDouble(parts[i].substring(2))));
            } catch (NumberFormatException e) {
                return 1;
            }
        }
        return 1;
    }
}
