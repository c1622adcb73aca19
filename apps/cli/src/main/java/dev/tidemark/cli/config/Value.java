package dev.tidemark.cli.config;

/**
 * What a setting is worth now.
 *
 * @param origin who said so, for a person: a flag, a variable, a file, or {@link #DEFAULT}
 */
public record Value(String name, String text, String origin) {
    public static final String DEFAULT = "default";

    public boolean isDefault() {
        return origin.equals(DEFAULT);
    }
}
