package dev.tidemark.topology.store;

import dev.tidemark.algebra.PageRow;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of the change index: everything that a page shows, as the very bytes that it shows, and what the page rules need.
 *
 * @param key entity key
 * @param version of the entity
 * @param committedMs append time of the record, milliseconds since 1970
 * @param payload where the image stands in {@code json}; empty on a delete
 * @param json one change of the contract, UTF-8; owned by this row, never changed
 */
public record ChangeRow(
        CloudSeq seq,
        Ordinal ordinal,
        Digest digest,
        long count,
        ChangeOp op,
        String entity,
        String key,
        long version,
        long committedMs,
        Slice payload,
        Slice hash,
        byte[] json)
        implements PageRow {
    /** Part of {@code json}, in bytes. */
    public record Slice(int start, int end) {
        public static final Slice EMPTY = new Slice(0, 0);
    }

    @Override
    public int bytes() {
        return json.length;
    }

    public boolean isLive() {
        return op == ChangeOp.UPSERT;
    }

    /** The canonical image, UTF-8; null on a delete. */
    public byte @Nullable [] payloadBytes() {
        return isLive() ? Arrays.copyOfRange(json, payload.start(), payload.end()) : null;
    }

    /** Lower case hex; null on a delete. */
    public @Nullable String hashHex() {
        return isLive() ? new String(json, hash.start(), hash.end() - hash.start(), StandardCharsets.US_ASCII) : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangeRow row && seq.equals(row.seq) && Arrays.equals(json, row.json);
    }

    @Override
    public int hashCode() {
        return seq.hashCode();
    }
}
