package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.ReplicaId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UndecodableTest {
    private static final int RANDOM_CASES = 20_000;

    private final EmbeddedSchemas schemas = new EmbeddedSchemas();
    private final WireCodec codec = new WireCodec(schemas);
    private final Map<byte[], Consumer<byte[]>> decoders = Map.of(
            codec.encodeBatch(Samples.batch()), codec::decodeBatch,
            codec.encodeChange(Samples.change()), this::decodeChange,
            codec.encodeMeta(Samples.meta()), codec::decodeMeta,
            codec.encodeOutcome(Samples.outcome()), codec::decodeOutcome,
            codec.encodeTargetEvent(Samples.targetEvent()), codec::decodeTargetEvent,
            codec.encodeCommand(Samples.command()), codec::decodeCommand,
            codec.encodeState(Samples.state()), codec::decodeState,
            codec.encodeEvent(Samples.event()), codec::decodeEvent);

    @Test
    void namesWhatIsWrongWithTheFrame() {
        byte[] bytes = codec.encodeCommand(Samples.command());

        assertReason("null_value", () -> codec.decodeCommand(null));
        assertReason("no_magic_byte", () -> codec.decodeCommand(new byte[0]));
        assertReason("no_magic_byte", () -> codec.decodeCommand("{\"project\":1}".getBytes(StandardCharsets.UTF_8)));
        assertReason("truncated", () -> codec.decodeCommand(new byte[] {0, 0, 0, 0}));
        assertReason("unknown_schema_id", () -> codec.decodeCommand(new byte[] {0, 0, 0, 9, 9}));
        assertReason("unknown_schema_id", () -> codec.decodeCommand(new byte[] {0, -1, -1, -1, -1}));
        assertReason("wrong_schema", () -> codec.decodeBatch(bytes));
        assertReason("trailing_bytes", () -> codec.decodeCommand(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void noticesEveryTruncation() {
        decoders.forEach((bytes, decode) -> {
            for (int length = 5; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertReason("truncated", () -> decode.accept(cut));
            }
        });
    }

    @Test
    void throwsNothingElseWhateverTheBytesAre() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_CASES; i++) {
            byte[] garbage = garbage(random);
            decoders.forEach((bytes, decode) -> survives(decode, framed(bytes, garbage), seed));
        }
    }

    @Test
    void throwsNothingElseWhateverIsBroken() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_CASES; i++)
            decoders.forEach((bytes, decode) -> survives(decode, broken(bytes, random), seed));
    }

    @Test
    void allocatesNothingForLengthsThatAreNotThere() {
        // project: a string of 2 GB; then a batch of 2 billion mutations, in one block and in a block with a byte count
        assertReason("truncated", () -> codec.decodeBatch(avro(1, "feffffff0f")));
        assertReason(
                "truncated", () -> codec.decodeBatch(avro(1, "0261" + "0261" + "0261" + "00" + "00" + "feffffff0f")));
        assertReason(
                "truncated",
                () -> codec.decodeBatch(
                        avro(1, "0261" + "0261" + "0261" + "00" + "00" + "ffffffffffffffffff01" + "02")));
        assertReason("malformed", () -> codec.decodeBatch(avro(1, "01")));
        assertReason("malformed", () -> codec.decodeBatch(avro(1, "ffffffffffffffffffffff")));
    }

    @Test
    void stopsAtOpsNestedWithoutEnd() {
        // one mutation, one op: kind 7 (apply_where), no field … query, ops: an array of one op, and so on
        String head = "0261" + "0261" + "0261" + "00" + "00" + "02" + "00" + "00" + "00" + "01" + "00" + "00" + "02";
        String op = "0e" + "0000000000" + "02" + "02";

        assertReason("too_deep", () -> codec.decodeBatch(avro(1, head + op.repeat(100_000))));
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] bytes = codec.encodeCommand(Samples.command());
        bytes[bytes.length - 3] = (byte) 0xff;

        assertReason("malformed", () -> codec.decodeCommand(bytes));
    }

    @Test
    void refusesBatchesThatBreakTheRules() {
        assertReason("invalid_batch", () -> codec.decodeBatch(batchOf()));
        assertReason("invalid_batch", () -> codec.decodeBatch(batchOf(2, 2)));
        assertReason("invalid_batch", () -> codec.decodeBatch(batchOf(3, 2)));
        assertReason("invalid_batch", () -> codec.decodeBatch(batchOf(-1)));
        assertReason(
                "invalid_batch",
                () -> codec.decodeBatch(batchOf(IntStream.rangeClosed(0, 1_000).toArray())));
    }

    @Test
    void takesTheLargestBatchAndANegativeAckedThrough() {
        int[] thousand = IntStream.range(0, 1_000).toArray();
        var negative = new dev.tidemark.model.MutationBatch(
                Samples.REPLICA, -1L, null, Samples.batch().mutations());

        assertThat(codec.decodeBatch(batchOf(thousand)).mutations()).hasSize(1_000);
        assertThat(codec.decodeBatch(codec.encodeBatch(negative))).isEqualTo(negative);
    }

    @Test
    void refusesNamesThatAreNone() {
        var mutations = Samples.batch().mutations();
        for (ReplicaId replica : List.of(
                new ReplicaId("", "r", "0"), new ReplicaId("p", "a/b", "0"), new ReplicaId("p", "r", ".hidden"))) {
            byte[] bytes = codec.encodeBatch(new dev.tidemark.model.MutationBatch(replica, null, null, mutations));
            assertReason("invalid_name", () -> codec.decodeBatch(bytes));
        }
    }

    @Test
    void refusesHeadersThatNobodyWrote() {
        assertReason("invalid_content", () -> decodeMeta(meta -> meta.setEpoch(ByteBuffer.allocate(7))));
        assertReason("invalid_content", () -> decodeMeta(meta -> meta.setDigest(ByteBuffer.allocate(17))));
        assertReason("invalid_content", () -> decodeMeta(meta -> meta.setHash(ByteBuffer.allocate(31))));
        assertReason("invalid_content", () -> decodeMeta(meta -> meta.setHash(null)));
        assertReason("invalid_content", () -> decodeMeta(meta -> meta.setOrdinal(-1)));
        assertReason("invalid_content", () -> decodeMeta(meta -> meta.setCount(-1)));
        assertReason("invalid_content", () -> decodeMeta(meta -> meta.setOp(dev.tidemark.wire.ChangeOp.UNKNOWN)));
    }

    @Test
    void refusesAValueThatDoesNotBelongToItsKeyAndHeader() {
        byte[] value = codec.encodeChange(Samples.change());
        dev.tidemark.model.RecordMeta meta = Samples.meta();
        EntityId other = new EntityId("photos", "image", "other");
        Hash otherHash = new Hash(new byte[Hash.BYTES]);

        assertReason("meta_mismatch", () -> codec.decodeChange(other, meta, value));
        assertReason(
                "meta_mismatch", () -> codec.decodeChange(Samples.ENTITY, withVersionAndHash(11, meta.hash()), value));
        assertReason(
                "meta_mismatch", () -> codec.decodeChange(Samples.ENTITY, withVersionAndHash(12, otherHash), value));
        assertReason("meta_mismatch", () -> codec.decodeChange(Samples.ENTITY, meta, null));
        assertReason("meta_mismatch", () -> codec.decodeChange(Samples.ENTITY, Samples.deleteMeta(), value));
    }

    private void decodeChange(byte[] bytes) {
        codec.decodeChange(Samples.ENTITY, Samples.meta(), bytes);
    }

    private void decodeMeta(Consumer<RecordMeta> change) {
        RecordMeta meta = LogMapper.toAvro(Samples.meta());
        change.accept(meta);
        codec.decodeMeta(type(Subjects.LOG_META, RecordMeta.getClassSchema(), meta));
    }

    private byte[] batchOf(int... localSeqs) {
        List<Mutation> mutations = Arrays.stream(localSeqs)
                .mapToObj(localSeq -> new Mutation((long) localSeq, "image", "k", true, null, null, List.of()))
                .toList();
        MutationBatch batch = new MutationBatch("p", "r", "0", null, null, mutations);
        return type(Subjects.MUTATIONS, MutationBatch.getClassSchema(), batch);
    }

    private <T extends org.apache.avro.specific.SpecificRecordBase> byte[] type(
            String subject, org.apache.avro.Schema schema, T value) {
        return new WireType<T>(schemas, subject, schema, schema).encode(value);
    }

    private static dev.tidemark.model.RecordMeta withVersionAndHash(long version, Hash hash) {
        return new dev.tidemark.model.RecordMeta(
                Samples.EPOCH,
                new Ordinal(9),
                ChangeOp.UPSERT,
                version,
                hash,
                Digest.ZERO,
                5,
                Digest.ZERO,
                1,
                List.of(),
                false,
                null);
    }

    private static byte[] garbage(Random random) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        // Small numbers get further: they are plausible lengths, branches and kinds.
        if (random.nextBoolean()) for (int i = 0; i < garbage.length; i++) garbage[i] &= 0x0f;
        return garbage;
    }

    private static byte[] framed(byte[] frameOf, byte[] body) {
        return ByteBuffer.allocate(5 + body.length).put(frameOf, 0, 5).put(body).array();
    }

    private static byte[] broken(byte[] bytes, Random random) {
        byte[] broken = Arrays.copyOf(bytes, bytes.length - (random.nextInt(8) == 0 ? random.nextInt(5) : 0));
        for (int i = 0; i <= random.nextInt(4); i++) broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        return broken;
    }

    private static byte[] avro(int id, String hex) {
        return framed(new byte[] {0, 0, 0, 0, (byte) id}, HexFormat.of().parseHex(hex));
    }

    private static void survives(Consumer<byte[]> decode, byte[] bytes, long seed) {
        try {
            decode.accept(bytes);
        } catch (UndecodableException expected) {
            assertThat(expected.reasonCode()).isNotEmpty();
        } catch (Throwable other) {
            fail("replay with -Dseed=" + seed, other);
        }
    }

    private static void assertReason(String reasonCode, ThrowingCallable decode) {
        assertThat(catchThrowableOfType(UndecodableException.class, decode))
                .as("decodes")
                .isNotNull()
                .extracting(UndecodableException::reasonCode)
                .isEqualTo(reasonCode);
    }
}
