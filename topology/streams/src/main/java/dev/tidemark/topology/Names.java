package dev.tidemark.topology;

import dev.tidemark.topology.fence.Fence;
import java.util.List;

/** Every name inside the two topologies: nodes, stores, application ids. Changing one orphans state; golden files hold them. */
public final class Names {
    public static final String ADMIT_APP = "tidemark-admit";
    public static final String MATERIALIZE_APP = "tidemark-materialize";

    // Admit: stores
    public static final String ENTITIES_BY_PATH = "entities-by-path";
    public static final String ORIGINS = "origins";
    public static final String REPLICAS = "replicas";
    public static final String PATHS_BY_FIELD = "paths-by-field";
    public static final String HEADS = "heads";
    public static final String POLICIES = "policies";
    public static final String DELETED_BY_TIME = "deleted-by-time";
    public static final String ADMIT_FENCE = Fence.STORE;
    public static final List<String> ADMIT_STORES =
            List.of(ENTITIES_BY_PATH, ORIGINS, REPLICAS, PATHS_BY_FIELD, HEADS, POLICIES, DELETED_BY_TIME, ADMIT_FENCE);

    // Materialize: stores
    public static final String CHANGES_BY_SEQ = "changes-by-seq";
    public static final String SEQS_BY_PATH = "seqs-by-path";
    public static final String OUTCOMES_BY_ORIGIN = "outcomes-by-origin";
    public static final String RECORDS_BY_ORDINAL = "records-by-ordinal";
    public static final String CURSORS_BY_TARGET = "cursors-by-target";
    public static final String HEADS_BY_PROJECT = "heads-by-project";
    public static final String PARKED_OUTCOMES = "parked-outcomes";
    public static final String BUCKETS_BY_SEQ = "buckets-by-seq";
    public static final String TOMBSTONES_BY_TIME = "tombstones-by-time";
    public static final String MATERIALIZE_FENCE = Fence.STORE;
    public static final List<String> MATERIALIZE_STORES = List.of(
            CHANGES_BY_SEQ,
            SEQS_BY_PATH,
            OUTCOMES_BY_ORIGIN,
            RECORDS_BY_ORDINAL,
            CURSORS_BY_TARGET,
            HEADS_BY_PROJECT,
            PARKED_OUTCOMES,
            BUCKETS_BY_SEQ,
            TOMBSTONES_BY_TIME,
            MATERIALIZE_FENCE);

    // Admit: nodes
    public static final String MUTATIONS_SOURCE = "mutations";
    public static final String COMMANDS_SOURCE = "commands";
    public static final String ADMIT = "admit";
    public static final String LOG_SINK = "to-log";
    public static final String OUTCOMES_SINK = "to-outcomes";
    public static final String CONTROL_SINK = "to-control";
    public static final String EVENTS_SINK = "to-events";
    public static final String COMMANDS_SINK = "to-commands";
    public static final String MUTATIONS_SINK = "to-mutations";
    public static final String DEAD_LETTERS_SINK = "to-dead-letters";

    // Materialize: nodes
    public static final String LOG_SOURCE = "log";
    public static final String OUTCOMES_SOURCE = "outcomes";
    public static final String ACKS_SOURCE = "acks";
    public static final String MATERIALIZE = "materialize";

    private Names() {}

    /** Topic that keeps a store, as Kafka Streams names it. */
    public static String changelog(String applicationId, String store) {
        return Fence.changelog(applicationId, store);
    }
}
