package dev.tidemark.cli.read;

import java.util.List;

/**
 * What a pull is asked to do.
 *
 * @param entities only these entity types; none: all
 * @param pageRows most changes of one page
 */
public record PullOrder(String project, PullStart start, List<String> entities, int pageRows, PullEnd end) {
    public PullOrder {
        entities = List.copyOf(entities);
    }

    public static final int PAGE_ROWS_DEFAULT = 500;

    /** When a pull is over. */
    public enum PullEnd {
        AT_HEAD,
        NEVER
    }

    /** Everything of a project up to its head. */
    static PullOrder full(String project) {
        return new PullOrder(project, new PullStart.Beginning(), List.of(), FULL_PAGE_ROWS, PullEnd.AT_HEAD);
    }

    private static final int FULL_PAGE_ROWS = 1_000;
}
