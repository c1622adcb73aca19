package dev.tidemark.postgres.config;

import java.util.List;
import java.util.stream.Collectors;

/** A config that cannot be used: everything that was found wrong with it. */
public final class ConfigRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    public ConfigRefused(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
