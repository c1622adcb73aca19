package dev.tidemark.bench.workload;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Edits as mutation batches of a few replicas each project, which acknowledge outcomes some batches late, as live ones do. */
public final class Batches {
    private static final int REPLICAS = 16;
    private static final int UNACKED_BATCHES = 4;

    private final List<String> projects;
    private final Map<ReplicaId, Long> nextLocalSeq = new HashMap<>();
    private final int[] turn;

    public Batches(List<String> projects) {
        this.projects = projects;
        this.turn = new int[projects.size()];
    }

    /** @param edits of one project */
    public MutationBatch of(List<Edit> edits) {
        int project = edits.get(0).project();
        String replica = "replica-" + turn[project]++ % REPLICAS;
        ReplicaId id = new ReplicaId(projects.get(project), replica, "0");
        long first = nextLocalSeq.getOrDefault(id, 0L);
        long acked = first - 1 - (long) (UNACKED_BATCHES - 1) * edits.size();
        List<Mutation> mutations = new ArrayList<>(edits.size());
        for (Edit edit : edits)
            mutations.add(Mutation.of(first + mutations.size(), Edit.TYPE, edit.key(), new Op.Put(edit.image())));
        nextLocalSeq.put(id, first + edits.size());
        return new MutationBatch(id, acked < 0 ? null : acked, null, mutations);
    }
}
