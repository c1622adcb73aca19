package dev.tidemark.wire;

import static dev.tidemark.wire.Checks.text;
import static dev.tidemark.wire.Checks.textOrNull;

import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;

/** Batches of mutations from and to Avro. */
final class BatchMapper {
    private BatchMapper() {}

    static dev.tidemark.model.MutationBatch toModel(MutationBatch batch) {
        ReplicaId replica = replica(batch.getProject(), batch.getReplica(), batch.getIncarnation());
        List<dev.tidemark.model.Mutation> mutations = mutations(batch.getMutations());
        return Checks.build(
                UndecodableException.INVALID_BATCH,
                () -> new dev.tidemark.model.MutationBatch(
                        replica, batch.getAckedThrough(), batch.getFollows(), mutations));
    }

    static MutationBatch toAvro(dev.tidemark.model.MutationBatch batch) {
        List<Mutation> mutations = new ArrayList<>(batch.mutations().size());
        for (dev.tidemark.model.Mutation mutation : batch.mutations()) mutations.add(toAvro(mutation));
        ReplicaId replica = batch.replica();
        return new MutationBatch(
                text(replica.project()),
                text(replica.replica()),
                text(replica.incarnation()),
                batch.ackedThrough(),
                batch.follows(),
                mutations);
    }

    static ReplicaId replica(String project, String replica, String incarnation) {
        return new ReplicaId(
                Checks.name("the project", project),
                Checks.name("the replica", replica),
                Checks.name("the incarnation", incarnation));
    }

    private static List<dev.tidemark.model.Mutation> mutations(List<Mutation> mutations) {
        if (mutations.size() > dev.tidemark.model.MutationBatch.MUTATIONS_MAX)
            throw new UndecodableException(
                    UndecodableException.INVALID_BATCH,
                    "a batch has at most " + dev.tidemark.model.MutationBatch.MUTATIONS_MAX + " mutations");
        List<dev.tidemark.model.Mutation> out = new ArrayList<>(mutations.size());
        for (Mutation mutation : mutations) out.add(toModel(mutation));
        return out;
    }

    private static dev.tidemark.model.Mutation toModel(Mutation mutation) {
        return new dev.tidemark.model.Mutation(
                mutation.getLocalSeq(),
                mutation.getEntity(),
                mutation.getEntityKey(),
                mutation.getCreate(),
                mutation.getBaseVersion(),
                mutation.getOccurredAt(),
                OpMapper.toModel(mutation.getOps()));
    }

    private static Mutation toAvro(dev.tidemark.model.Mutation mutation) {
        return new Mutation(
                mutation.localSeq(),
                textOrNull(mutation.entity()),
                textOrNull(mutation.key()),
                mutation.create(),
                mutation.baseVersion(),
                textOrNull(mutation.occurredAt()),
                OpMapper.toAvro(mutation.ops()));
    }
}
