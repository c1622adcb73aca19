package dev.tidemark.topology.fence;

import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;
import dev.tidemark.topology.serde.RowReader;
import dev.tidemark.topology.serde.RowWriter;
import java.util.TreeMap;

/** Bytes of the rows of a fence store. */
public final class FenceRows {
    private static final int FORMAT = 1;

    private FenceRows() {}

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
