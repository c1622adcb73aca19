package dev.tidemark.model;

import java.util.Locale;

/** Why a whole batch was refused: nothing of it was applied, none of its mutations has an outcome. */
public enum Refusal {
    /** The mutation it follows is undecided. */
    OUT_OF_ORDER,
    /** The project is being deleted. */
    PROJECT_DELETING;

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException if no refusal has that code */
    public static Refusal ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
