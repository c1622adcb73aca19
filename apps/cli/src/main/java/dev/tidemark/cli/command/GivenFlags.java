package dev.tidemark.cli.command;

import dev.tidemark.cli.config.Flag;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags of a command that stand for settings, as far as they were given. */
final class GivenFlags {
    private final Map<String, Flag> settings = new HashMap<>();

    /** @param text null: it was not given */
    GivenFlags with(String setting, String flag, @Nullable String text) {
        if (text != null) settings.put(setting, new Flag(flag, text));
        return this;
    }

    Map<String, Flag> settings() {
        return settings;
    }
}
