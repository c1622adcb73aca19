package dev.tidemark.testkit.simulation.backbone;

/** Bounds of the simulated cluster, scaled to a run of a few hundred steps. Times in milliseconds. */
public final class Limits {
    /** A pull shows deletes for so long. */
    static final long HORIZON_MS = 100;
    /** Compaction leaves alone what is younger. */
    static final long COMPACTION_LAG_MS = 60;
    /** The log keeps deletes for so long after they were cleaned first: whoever reads it from its start has that long. */
    public static final long DELETE_RETENTION_MS = 200;
    /** Superseded rows of the mapping stay for so long. */
    static final long MAPPING_MS = 250;
    /** Batches stay in their topic for so long: longer than a run, so that none is dropped unread. */
    public static final long MUTATIONS_MS = 1_000_000;
    /** Largest record of a changelog, in origins of one dedup row: far more than a batch has, far less than a replica sends. */
    static final int CHANGELOG_ORIGINS_MAX = 16;
    /** Entities that one step of a deletion deletes. */
    static final int DELETED_PER_STEP = 2;

    private Limits() {}
}
