package dev.tidemark.topology.store;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Ordinal;
import org.jspecify.annotations.Nullable;

/** Seqs of a project's last records, so that an outcome that follows its records needs no look-up. Not thread-safe. */
final class RecentSeqs {
    /** Records kept; a power of two. One batch has at most 1,000, and Materialize reads outcomes close behind records. */
    private static final int KEPT = 2_048;

    private long @Nullable [] ordinals;
    private long @Nullable [] seqs;

    void put(Ordinal ordinal, CloudSeq seq) {
        if (ordinals == null || seqs == null) {
            ordinals = new long[KEPT];
            seqs = new long[KEPT];
        }
        int slot = (int) (ordinal.value() & (KEPT - 1));
        ordinals[slot] = ordinal.value();
        seqs[slot] = seq.value();
    }

    @Nullable
    CloudSeq get(Ordinal ordinal) {
        if (ordinals == null || seqs == null) return null;
        int slot = (int) (ordinal.value() & (KEPT - 1));
        return ordinals[slot] == ordinal.value() ? new CloudSeq(seqs[slot]) : null;
    }
}
