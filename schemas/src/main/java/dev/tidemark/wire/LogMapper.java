package dev.tidemark.wire;

import static dev.tidemark.wire.Checks.invalid;

import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records of the log from and to Avro: header and value. */
final class LogMapper {
    private LogMapper() {}

    static dev.tidemark.model.RecordMeta toModel(RecordMeta meta) {
        dev.tidemark.model.ChangeOp op = op(meta.getOp());
        Epoch epoch = epoch(meta.getEpoch());
        Hash hash = meta.getHash() == null ? null : hash(meta.getHash());
        Digest digest = digest(meta.getDigest());
        Digest bucketDigest = digest(meta.getBucketDigest());
        return Checks.build(
                UndecodableException.INVALID_CONTENT,
                () -> new dev.tidemark.model.RecordMeta(
                        epoch,
                        new Ordinal(meta.getOrdinal()),
                        op,
                        meta.getVersion(),
                        hash,
                        digest,
                        count(meta.getCount()),
                        bucketDigest,
                        count(meta.getBucketCount()),
                        origins(meta.getOrigins()),
                        hasApplyWhere(meta.getOrigins()),
                        meta.getOccurredAt()));
    }

    /** @throws IllegalArgumentException if it is an apply_where without origins, which the schema cannot say */
    static RecordMeta toAvro(dev.tidemark.model.RecordMeta meta) {
        if (meta.applyWhere() && meta.origins().isEmpty())
            throw new IllegalArgumentException("an apply_where has an origin");
        List<Origin> origins = new ArrayList<>(meta.origins().size());
        for (dev.tidemark.model.Origin origin : meta.origins())
            origins.add(new Origin(origin.replica(), origin.incarnation(), origin.localSeq(), meta.applyWhere()));
        Hash hash = meta.hash();
        return new RecordMeta(
                epoch(meta.epoch()),
                meta.ordinal().value(),
                meta.op() == dev.tidemark.model.ChangeOp.DELETE ? ChangeOp.DELETE : ChangeOp.UPSERT,
                meta.version(),
                hash == null ? null : ByteBuffer.wrap(hash.toBytes()),
                ByteBuffer.wrap(meta.digest().toBytes()),
                meta.count(),
                ByteBuffer.wrap(meta.bucketDigest().toBytes()),
                meta.bucketCount(),
                origins,
                meta.occurredAt());
    }

    /** @param value null on a delete */
    static dev.tidemark.model.EntityChange toModel(
            EntityId id, dev.tidemark.model.RecordMeta meta, @Nullable EntityChange value) {
        if ((value == null) != (meta.op() == dev.tidemark.model.ChangeOp.DELETE))
            throw mismatch("there is a value exactly if the record is no delete");
        if (value == null) return new dev.tidemark.model.EntityChange(id, meta, null);
        if (!value.getEntity().equals(id.entity()) || !value.getKey().equals(id.key()))
            throw mismatch("the value is of another entity than the key");
        if (value.getVersion() != meta.version()) throw mismatch("value and header differ in the version");
        if (!Objects.equals(meta.hash(), hash(value.getHash()))) throw mismatch("value and header differ in the hash");
        return new dev.tidemark.model.EntityChange(id, meta, value.getImage());
    }

    /** @param change no delete */
    static EntityChange toAvro(dev.tidemark.model.EntityChange change) {
        EntityId id = change.id();
        dev.tidemark.model.RecordMeta meta = change.meta();
        Hash hash = Objects.requireNonNull(meta.hash());
        String image = Objects.requireNonNull(change.image());
        return new EntityChange(id.entity(), id.key(), meta.version(), ByteBuffer.wrap(hash.toBytes()), image);
    }

    static Epoch epoch(ByteBuffer bytes) {
        return new Epoch(exactly(Long.BYTES, bytes).getLong(bytes.position()));
    }

    static ByteBuffer epoch(Epoch epoch) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, epoch.bits());
    }

    private static dev.tidemark.model.ChangeOp op(ChangeOp op) {
        return switch (op) {
            case UPSERT -> dev.tidemark.model.ChangeOp.UPSERT;
            case DELETE -> dev.tidemark.model.ChangeOp.DELETE;
            case UNKNOWN -> throw invalid("a kind of change that this version does not know");
        };
    }

    private static Hash hash(ByteBuffer bytes) {
        return new Hash(array(exactly(Hash.BYTES, bytes)));
    }

    private static Digest digest(ByteBuffer bytes) {
        return Digest.of(array(exactly(Digest.BYTES, bytes)));
    }

    private static ByteBuffer exactly(int length, ByteBuffer bytes) {
        if (bytes.remaining() != length) throw invalid("a value of " + length + " bytes has " + bytes.remaining());
        return bytes;
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] out = new byte[bytes.remaining()];
        bytes.get(bytes.position(), out);
        return out;
    }

    private static long count(long count) {
        if (count < 0) throw invalid("a count is below 0");
        return count;
    }

    private static List<dev.tidemark.model.Origin> origins(List<Origin> origins) {
        List<dev.tidemark.model.Origin> out = new ArrayList<>(origins.size());
        for (Origin origin : origins) {
            if (origin.getLocalSeq() < 0) throw invalid("the local seq of an origin is below 0");
            out.add(new dev.tidemark.model.Origin(origin.getReplica(), origin.getIncarnation(), origin.getLocalSeq()));
        }
        return out;
    }

    private static boolean hasApplyWhere(List<Origin> origins) {
        for (Origin origin : origins) if (origin.getApplyWhere()) return true;
        return false;
    }

    private static UndecodableException mismatch(String message) {
        return new UndecodableException(UndecodableException.META_MISMATCH, message);
    }
}
