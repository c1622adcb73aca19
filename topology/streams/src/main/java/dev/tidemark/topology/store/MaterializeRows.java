package dev.tidemark.topology.store;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import dev.tidemark.topology.serde.OutcomeRows;
import dev.tidemark.topology.serde.RowReader;
import dev.tidemark.topology.serde.RowWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes of Materialize's rows. Each begins with a format number; a row of another format is refused. */
public final class MaterializeRows {
    private static final int FORMAT = 1;

    private MaterializeRows() {}

    public static byte[] change(ChangeRow change) {
        return new RowWriter(change.json().length + 128)
                .octet(FORMAT)
                .varlong(change.seq().value())
                .varlong(change.ordinal().value())
                .raw(change.digest().toBytes())
                .varlong(change.count())
                .flag(change.isLive())
                .text(change.entity())
                .text(change.key())
                .varlong(change.version())
                .varlong(change.committedMs())
                .varlong(change.payload().start())
                .varlong(change.payload().end())
                .varlong(change.hash().start())
                .varlong(change.hash().end())
                .blob(change.json())
                .toBytes();
    }

    public static ChangeRow change(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new ChangeRow(
                new CloudSeq(row.varlong()),
                new Ordinal(row.varlong()),
                Digest.of(row.raw(Digest.BYTES)),
                row.varlong(),
                row.flag() ? ChangeOp.UPSERT : ChangeOp.DELETE,
                row.text(),
                row.text(),
                row.varlong(),
                row.varlong(),
                new ChangeRow.Slice(row.varint(), row.varint()),
                new ChangeRow.Slice(row.varint(), row.varint()),
                notNull(row.blob()));
    }

    public static byte[] path(PathRow path) {
        Hash hash = path.hash();
        return new RowWriter(48)
                .octet(FORMAT)
                .varlong(path.seq().value())
                .blob(hash == null ? null : hash.toBytes())
                .toBytes();
    }

    public static PathRow path(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new PathRow(new CloudSeq(row.varlong()), hash(row.blob()));
    }

    public static byte[] record(RecordRow record) {
        LoggedRecord logged = record.record();
        Hash hash = logged.hash();
        RowWriter row = new RowWriter(128)
                .octet(FORMAT)
                .varlong(logged.seq().value())
                .varlong(logged.ordinal().value())
                .text(logged.id().entity())
                .text(logged.id().key())
                .flag(logged.op() == ChangeOp.UPSERT)
                .blob(hash == null ? null : hash.toBytes())
                .flag(logged.applyWhere())
                .varlong(record.committedMs())
                .varlong(logged.origins().size());
        for (Origin origin : logged.origins())
            row.text(origin.replica()).text(origin.incarnation()).varlong(origin.localSeq());
        return row.toBytes();
    }

    public static RecordRow record(String project, byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        CloudSeq seq = new CloudSeq(row.varlong());
        Ordinal ordinal = new Ordinal(row.varlong());
        EntityId id = new EntityId(project, row.text(), row.text());
        ChangeOp op = row.flag() ? ChangeOp.UPSERT : ChangeOp.DELETE;
        Hash hash = hash(row.blob());
        boolean applyWhere = row.flag();
        long committedMs = row.varlong();
        List<Origin> origins = new ArrayList<>();
        for (int count = row.varint(); count > 0; count--)
            origins.add(new Origin(row.text(), row.text(), row.varlong()));
        return new RecordRow(new LoggedRecord(seq, ordinal, id, op, hash, origins, applyWhere), committedMs);
    }

    public static byte[] head(Head head) {
        return new RowWriter(64)
                .octet(FORMAT)
                .fixed(head.epoch().bits())
                .varlong(head.seq().value())
                .varlong(head.ordinal().value())
                .varlong(head.count())
                .raw(head.digest().toBytes())
                .varlong(head.horizon().value())
                .toBytes();
    }

    public static Head head(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new Head(
                new Epoch(row.fixed()),
                new CloudSeq(row.varlong()),
                new Ordinal(row.varlong()),
                row.varlong(),
                Digest.of(row.raw(Digest.BYTES)),
                new CloudSeq(row.varlong()));
    }

    public static byte[] digest(Digest digest) {
        return new RowWriter(17).octet(FORMAT).raw(digest.toBytes()).toBytes();
    }

    public static Digest digest(byte[] bytes) {
        return Digest.of(new RowReader(bytes).expectFormat(FORMAT).raw(Digest.BYTES));
    }

    public static byte[] bucket(BucketState bucket, long committedMs) {
        return new RowWriter(40)
                .octet(FORMAT)
                .raw(bucket.digest().toBytes())
                .varlong(bucket.count())
                .varlong(committedMs)
                .toBytes();
    }

    public static BucketState bucket(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new BucketState(Digest.of(row.raw(Digest.BYTES)), row.varlong());
    }

    public static long bucketCommittedMs(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        row.raw(Digest.BYTES);
        row.varlong();
        return row.varlong();
    }

    public static byte[] run(OriginRun<MappedOrigin> run, long decidedMs) {
        RowWriter row = new RowWriter(run.origins().size() * 16 + 24)
                .octet(FORMAT)
                .varlong(decidedMs)
                .varlong(run.origins().size());
        OutcomeRows.Encoder outcomes = new OutcomeRows.Encoder(row);
        long last = 0;
        for (MappedOrigin origin : run.origins()) {
            outcomes.write(origin.outcome());
            row.varlong(origin.seq().value() - last)
                    .varlong(origin.seq().value() - origin.firstSeq().value());
            last = origin.seq().value();
        }
        return row.toBytes();
    }

    public static OriginRun<MappedOrigin> run(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        row.varlong();
        int size = row.varint();
        List<MappedOrigin> origins = new ArrayList<>(size);
        OutcomeRows.Decoder outcomes = new OutcomeRows.Decoder(row);
        long last = 0;
        for (int i = 0; i < size; i++) {
            var outcome = outcomes.read();
            last += row.varlong();
            origins.add(new MappedOrigin(outcome, new CloudSeq(last), new CloudSeq(last - row.varlong())));
        }
        return new OriginRun<>(origins);
    }

    public static long runDecidedMs(byte[] bytes) {
        return new RowReader(bytes).expectFormat(FORMAT).varlong();
    }

    public static byte[] target(Target target) {
        RowWriter row = new RowWriter(256)
                .octet(FORMAT)
                .text(target.kind().code())
                .text(target.incarnation())
                .varlong(target.generation())
                .text(CursorToken.encode(target.unified()))
                .text(token(target.acked()))
                .varlong(target.createdMs())
                .varlong(target.lastAckMs())
                .varlong(target.filter().size());
        target.filter().forEach(row::text);
        return row.toBytes();
    }

    public static Target target(String project, String name, byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        TargetKind kind = TargetKind.ofCode(row.text());
        String incarnation = row.textOrNull();
        long generation = row.varlong();
        Cursor unified = CursorToken.decode(row.text());
        String acked = row.textOrNull();
        long createdMs = row.varlong();
        long lastAckMs = row.varlong();
        List<String> filter = new ArrayList<>();
        for (int count = row.varint(); count > 0; count--) filter.add(row.text());
        return new Target(
                project,
                name,
                kind,
                incarnation,
                filter,
                generation,
                unified,
                acked == null ? null : CursorToken.decode(acked),
                createdMs,
                lastAckMs);
    }

    private static @Nullable String token(@Nullable Cursor cursor) {
        return cursor == null ? null : CursorToken.encode(cursor);
    }

    private static @Nullable Hash hash(byte @Nullable [] bytes) {
        return bytes == null ? null : new Hash(bytes);
    }

    private static byte[] notNull(byte @Nullable [] bytes) {
        if (bytes == null) throw new IllegalStateException("store row lacks bytes it must have");
        return bytes;
    }
}
