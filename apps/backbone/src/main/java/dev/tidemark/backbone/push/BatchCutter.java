package dev.tidemark.backbone.push;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts mutations into batches in the order in which they come: a new one where the replica changes, or where the next mutation
 * would make it too long or too large. A batch that goes on from another of the same request says which mutation it follows, so
 * that a lost one in between is noticed and never overtaken.
 */
public final class BatchCutter {
    /** What a mutation needs beside its texts. */
    private static final int MUTATION_BYTES = 64;

    private static final int OP_BYTES = 24;
    /** Most bytes that a char may need in UTF-8. */
    private static final int CHAR_BYTES = 3;

    private final int bytesMax;
    private @Nullable ReplicaId replica;
    private final List<Mutation> open = new ArrayList<>();
    private final Map<ReplicaId, Long> last = new HashMap<>();
    private long bytes;

    /** @param bytesMax encoded size of a batch; a single mutation may be larger and is then refused by the producer */
    public BatchCutter(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Says which mutation the first batch of a replica follows. */
    public void follows(ReplicaId replica, long localSeq) {
        last.put(replica, localSeq);
    }

    /** How many it remembers the last local seq of. */
    public int replicas() {
        return last.size();
    }

    /**
     * Takes the next mutation.
     *
     * @return the batch before it, if that is complete now
     * @throws IllegalArgumentException if its local seq is not above the one before of the same replica
     */
    public @Nullable MutationBatch add(ReplicaId of, Mutation mutation) {
        Long before = open.isEmpty() || !of.equals(replica)
                ? last.get(of)
                : Long.valueOf(open.get(open.size() - 1).localSeq());
        if (before != null && mutation.localSeq() <= before)
            throw new IllegalArgumentException("local_seq " + mutation.localSeq() + " is not above " + before
                    + ", the one before of replica " + of.replica());
        long size = sizeOf(mutation);
        boolean full = open.size() >= MutationBatch.MUTATIONS_MAX || bytes + size > bytesMax;
        MutationBatch complete = !open.isEmpty() && (full || !of.equals(replica)) ? cut() : null;
        replica = of;
        open.add(mutation);
        bytes += size;
        return complete;
    }

    /** Whether it has a mutation that is in no batch yet. */
    public boolean isOpen() {
        return !open.isEmpty();
    }

    /** What it has so far as a batch, the last one or not; null: there is none. */
    public @Nullable MutationBatch end() {
        return open.isEmpty() ? null : cut();
    }

    private MutationBatch cut() {
        ReplicaId of = Objects.requireNonNull(replica);
        MutationBatch batch = new MutationBatch(of, null, last.get(of), open);
        last.put(of, batch.lastLocalSeq());
        open.clear();
        bytes = 0;
        return batch;
    }

    private static long sizeOf(Mutation mutation) {
        long chars = length(mutation.entity()) + length(mutation.key()) + length(mutation.occurredAt());
        return MUTATION_BYTES + CHAR_BYTES * chars + sizeOf(mutation.ops());
    }

    private static long sizeOf(List<Op> ops) {
        long size = 0;
        for (Op op : ops) size += OP_BYTES + CHAR_BYTES * op.match(TEXTS);
        return size;
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Chars of an op's texts. */
    private static final Op.Cases<Long> TEXTS = new Op.Cases<>() {
        @Override
        public Long put(Op.Put op) {
            return length(op.payload());
        }

        @Override
        public Long set(Op.SetField op) {
            return length(op.field()) + length(op.value());
        }

        @Override
        public Long unset(Op.UnsetField op) {
            return length(op.field());
        }

        @Override
        public Long add(Op.AddMember op) {
            return length(op.field()) + length(op.value());
        }

        @Override
        public Long remove(Op.RemoveMember op) {
            return length(op.field()) + length(op.value());
        }

        @Override
        public Long delete(Op.Delete op) {
            return 0L;
        }

        @Override
        public Long applyWhere(Op.ApplyWhere op) {
            return length(op.entity()) + length(op.query()) + sizeOf(op.ops()) / CHAR_BYTES;
        }

        @Override
        public Long unknown(Op.Unknown op) {
            return 0L;
        }
    };
}
