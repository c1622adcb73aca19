package dev.tidemark.topology.serde;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.DecidedOrigin;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ReplicaState;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Bytes of Admit's rows. Each begins with a format number; a row of another format is refused. */
public final class AdmitRows {
    private static final int FORMAT = 1;
    private static final int BODY_BYTES = 16;
    /** By their code in a row; only ever appended to. */
    private static final List<ProjectHead.Life> LIVES =
            List.of(ProjectHead.Life.ABSENT, ProjectHead.Life.OPEN, ProjectHead.Life.DELETING);

    private AdmitRows() {}

    public static byte[] entity(EntityState state) {
        Image image = state.image();
        Hash hash = state.hash();
        RowWriter row = new RowWriter(image == null ? 24 : image.canonical().length() + 64)
                .octet(FORMAT)
                .varlong(state.version())
                .varlong(state.ordinal().value())
                .flag(image != null);
        if (image != null && hash != null) row.raw(hash.toBytes()).text(image.canonical());
        return row.toBytes();
    }

    public static EntityState entity(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        long version = row.varlong();
        Ordinal ordinal = new Ordinal(row.varlong());
        if (!row.flag()) return new EntityState(null, null, version, ordinal);
        Hash hash = new Hash(row.raw(Hash.BYTES));
        return new EntityState(Image.ofCanonical(row.text()), hash, version, ordinal);
    }

    public static byte[] head(ProjectHead head) {
        return new RowWriter(64)
                .octet(FORMAT)
                .varlong(head.ordinal().value())
                .raw(head.total().digest().toBytes())
                .varlong(head.total().count())
                .varlong(head.versionFloor())
                .varlong(head.generation())
                .octet(LIVES.indexOf(head.life()))
                .toBytes();
    }

    public static ProjectHead head(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new ProjectHead(
                new Ordinal(row.varlong()),
                new BucketState(Digest.of(row.raw(Digest.BYTES)), row.varlong()),
                row.varlong(),
                row.varlong(),
                LIVES.get(row.octet()));
    }

    public static byte[] bucket(BucketState bucket) {
        return new RowWriter(32)
                .octet(FORMAT)
                .raw(bucket.digest().toBytes())
                .varlong(bucket.count())
                .toBytes();
    }

    public static BucketState bucket(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new BucketState(Digest.of(row.raw(Digest.BYTES)), row.varlong());
    }

    public static byte[] count(long count) {
        return new RowWriter(11).octet(FORMAT).varlong(count).toBytes();
    }

    public static long count(byte[] bytes) {
        return new RowReader(bytes).expectFormat(FORMAT).varlong();
    }

    public static byte[] replica(ReplicaState state) {
        return new RowWriter(32)
                .octet(FORMAT)
                .varlong(state.floor())
                .varlong(state.max())
                .varlong(state.decided())
                .toBytes();
    }

    public static ReplicaState replica(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        return new ReplicaState(row.varlong(), row.varlong(), row.varlong());
    }

    public static byte[] run(OriginRun<DecidedOrigin> run) {
        RowWriter row = new RowWriter(run.origins().size() * 32 + 16)
                .octet(FORMAT)
                .varlong(run.origins().size());
        OutcomeRows.Encoder outcomes = new OutcomeRows.Encoder(row);
        for (DecidedOrigin origin : run.origins()) {
            outcomes.write(origin.outcome());
            row.raw(origin.body());
        }
        return row.toBytes();
    }

    public static OriginRun<DecidedOrigin> run(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        int size = row.varint();
        List<DecidedOrigin> origins = new ArrayList<>(size);
        OutcomeRows.Decoder outcomes = new OutcomeRows.Decoder(row);
        for (int i = 0; i < size; i++) origins.add(new DecidedOrigin(outcomes.read(), row.raw(BODY_BYTES)));
        return new OriginRun<>(origins);
    }

    public static byte[] policy(Policy policy) {
        RowWriter row = new RowWriter(64)
                .octet(FORMAT)
                .flag(policy.paused())
                .varlong(policy.filterable().size());
        policy.filterable().forEach((entity, fields) -> {
            row.text(entity).varlong(fields.size());
            fields.forEach(row::text);
        });
        return row.toBytes();
    }

    public static Policy policy(byte[] bytes) {
        RowReader row = new RowReader(bytes).expectFormat(FORMAT);
        boolean paused = row.flag();
        TreeMap<String, SortedSet<String>> filterable = new TreeMap<>();
        for (int types = row.varint(); types > 0; types--) {
            TreeSet<String> fields = new TreeSet<>();
            filterable.put(row.text(), fields);
            for (int count = row.varint(); count > 0; count--) fields.add(row.text());
        }
        return new Policy(paused, filterable);
    }
}
