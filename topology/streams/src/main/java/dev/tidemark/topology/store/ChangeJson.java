package dev.tidemark.topology.store;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Origin;
import dev.tidemark.model.RecordMeta;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A committed record as one change of the contract; made once, when it is materialized, and served as it is ever after. */
final class ChangeJson {
    private ChangeJson() {}

    static ChangeRow row(EntityChange change, CloudSeq seq, long committedMs) {
        RecordMeta meta = change.meta();
        Text text = new Text();
        text.add("{\"seq\":").add(Long.toString(seq.value()));
        text.add(",\"version\":").add(Long.toString(meta.version()));
        text.add(",\"entity\":").add(CanonicalJson.quote(change.id().entity()));
        text.add(",\"entity_key\":").add(CanonicalJson.quote(change.id().key()));
        text.add(",\"op\":\"").add(meta.op().code()).add("\"");
        ChangeRow.Slice payload = ChangeRow.Slice.EMPTY;
        ChangeRow.Slice hash = ChangeRow.Slice.EMPTY;
        String image = change.image();
        Hash imageHash = meta.hash();
        if (image != null && imageHash != null) {
            text.add(",\"payload\":");
            payload = text.slice(image);
            text.add(",\"hash\":\"");
            hash = text.slice(imageHash.hex());
            text.add("\"");
        }
        text.add(",\"origins\":");
        origins(text, meta.origins());
        String occurredAt = meta.occurredAt();
        if (occurredAt != null) text.add(",\"occurred_at\":").add(CanonicalJson.quote(occurredAt));
        text.add(",\"committed_at\":\"")
                .add(Instant.ofEpochMilli(committedMs).toString())
                .add("\"}");
        return new ChangeRow(
                seq,
                meta.ordinal(),
                meta.digest(),
                meta.count(),
                meta.op(),
                change.id().entity(),
                change.id().key(),
                meta.version(),
                committedMs,
                payload,
                hash,
                text.toBytes());
    }

    private static void origins(Text text, List<Origin> origins) {
        char separator = '[';
        for (Origin origin : origins) {
            text.add(String.valueOf(separator));
            text.add("{\"replica\":").add(CanonicalJson.quote(origin.replica()));
            text.add(",\"incarnation\":").add(CanonicalJson.quote(origin.incarnation()));
            text.add(",\"local_seq\":").add(Long.toString(origin.localSeq())).add("}");
            separator = ',';
        }
        text.add(origins.isEmpty() ? "[]" : "]");
    }

    /** UTF-8 text that knows where its parts stand. */
    private static final class Text {
        private final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(512);

        Text add(String part) {
            out.writeBytes(part.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        ChangeRow.Slice slice(String part) {
            int start = out.size();
            add(part);
            return new ChangeRow.Slice(start, out.size());
        }

        byte[] toBytes() {
            return out.toByteArray();
        }
    }
}
