package dev.tidemark.topology.fence;

import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.serde.RowReader;
import dev.tidemark.topology.serde.RowWriter;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Bytes of the rows of a fence store. */
public final class FenceRows {
    /** Key of the row that says what a partition's state belongs to. */
    public static final Bytes IDENTITY = Keys.of("identity");
    /** Key of the row that says which record Admit wrote last. */
    public static final Bytes LAST = Keys.of("last");

    private static final int FORMAT = 1;

    private FenceRows() {}

    /** Value of a store's sentinel: the changelog that it is the first row of. */
    public static byte[] sentinel(@Nullable String changelogId) {
        return new RowWriter(32).octet(FORMAT).text(changelogId).toBytes();
    }

    public static byte[] fence(FenceRow fence) {
        RowWriter row = new RowWriter(512)
                .octet(FORMAT)
                .text(fence.logTopicId())
                .varlong(fence.partitions())
                .varlong(fence.changelogIds().size());
        fence.changelogIds().forEach((store, id) -> row.text(store).text(id));
        return row.toBytes();
    }

    public static FenceRow fence(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        String logTopicId = row.text();
        int partitions = row.varint();
        TreeMap<String, String> changelogs = new TreeMap<>();
        for (int count = row.varint(); count > 0; count--) changelogs.put(row.text(), row.text());
        return new FenceRow(logTopicId, partitions, changelogs);
    }

    public static byte[] last(Cluster.LastRecord last) {
        return new RowWriter(64)
                .octet(FORMAT)
                .text(last.project())
                .varlong(last.ordinal().value())
                .raw(last.digest().toBytes())
                .toBytes();
    }

    public static Cluster.LastRecord last(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new Cluster.LastRecord(row.text(), new Ordinal(row.varlong()), Digest.of(row.raw(Digest.BYTES)));
    }
}
