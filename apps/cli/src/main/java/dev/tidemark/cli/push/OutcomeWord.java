package dev.tidemark.cli.push;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcomes as a push answer names them. */
enum OutcomeWord {
    ACCEPTED,
    UNCHANGED,
    DUPLICATE,
    REJECTED,
    CONFLICT;

    private static final Map<String, OutcomeWord> BY_WORD = new HashMap<>();

    static {
        for (OutcomeWord outcome : values()) BY_WORD.put(outcome.word(), outcome);
    }

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
        return word;
    }

    /** Whether somebody has to look at it. */
    boolean isTrouble() {
        return this == REJECTED || this == CONFLICT;
    }

    static @Nullable OutcomeWord of(String word) {
        return BY_WORD.get(word);
    }
}
