package dev.tidemark.algebra.client;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rule B yields from the cursor of a push: the replica's own records right behind it. */
public record Advance(Cursor from, Cursor to, List<Step> records) {
    public Advance {
        records = List.copyOf(records);
    }

    /**
     * One own record.
     *
     * @param hash of the image after it; null: a delete
     * @param localSeqs of every mutation that it carries out, in order
     */
    public record Step(EntityId id, CloudSeq seq, @Nullable Hash hash, List<Long> localSeqs) {
        public Step {
            localSeqs = List.copyOf(localSeqs);
        }
    }
}
