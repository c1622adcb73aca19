package dev.tidemark.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.DecidedOrigin;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ReplicaState;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Policy;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.FenceRow;
import dev.tidemark.topology.fence.FenceRows;
import dev.tidemark.topology.store.ChangeRow;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.PathRow;
import dev.tidemark.topology.store.RecordRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to a row is read back from it, and nothing else is. */
class RowLaws {
    private static final String PROJECT = "p";

    @Property
    void entitiesComeBack(@ForAll("entities") EntityState entity) {
        assertThat(AdmitRows.entity(AdmitRows.entity(entity))).isEqualTo(entity);
    }

    @Property
    void projectHeadsComeBack(@ForAll("projectHeads") ProjectHead head) {
        assertThat(AdmitRows.head(AdmitRows.head(head))).isEqualTo(head);
    }

    @Property
    void bucketsComeBack(@ForAll("buckets") BucketState bucket, @ForAll @LongRange(min = 0) long committedMs) {
        assertThat(AdmitRows.bucket(AdmitRows.bucket(bucket))).isEqualTo(bucket);
        byte[] row = MaterializeRows.bucket(bucket, committedMs);
        assertThat(MaterializeRows.bucket(row)).isEqualTo(bucket);
        assertThat(MaterializeRows.bucketCommittedMs(row)).isEqualTo(committedMs);
    }

    @Property
    void countsComeBack(@ForAll long count) {
        assertThat(AdmitRows.count(AdmitRows.count(count))).isEqualTo(count);
    }

    @Property
    void replicasComeBack(@ForAll("replicaStates") ReplicaState replica) {
        assertThat(AdmitRows.replica(AdmitRows.replica(replica))).isEqualTo(replica);
    }

    @Property
    void policiesComeBack(@ForAll("policies") Policy policy) {
        assertThat(AdmitRows.policy(AdmitRows.policy(policy))).isEqualTo(policy);
    }

    @Property
    void decidedRunsComeBack(@ForAll("decidedRuns") OriginRun<DecidedOrigin> run) {
        assertThat(AdmitRows.run(AdmitRows.run(run))).isEqualTo(run);
    }

    @Property
    void mappedRunsComeBack(
            @ForAll("mappedRuns") OriginRun<MappedOrigin> run, @ForAll @LongRange(min = 0) long decidedMs) {
        byte[] row = MaterializeRows.run(run, decidedMs);
        assertThat(MaterializeRows.run(row)).isEqualTo(run);
        assertThat(MaterializeRows.runDecidedMs(row)).isEqualTo(decidedMs);
    }

    @Property
    void changesComeBack(@ForAll("changes") ChangeRow change) {
        ChangeRow read = MaterializeRows.change(MaterializeRows.change(change));
        assertThat(read.json()).isEqualTo(change.json());
        assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(change);
    }

    @Property
    void pathsComeBack(@ForAll("paths") PathRow path) {
        assertThat(MaterializeRows.path(MaterializeRows.path(path))).isEqualTo(path);
    }

    @Property
    void recordsComeBack(@ForAll("records") RecordRow record) {
        assertThat(MaterializeRows.record(PROJECT, MaterializeRows.record(record)))
                .isEqualTo(record);
    }

    @Property
    void headsComeBack(@ForAll("heads") Head head) {
        assertThat(MaterializeRows.head(MaterializeRows.head(head))).isEqualTo(head);
    }

    @Property
    void digestsComeBack(@ForAll("digests") Digest digest) {
        assertThat(MaterializeRows.digest(MaterializeRows.digest(digest))).isEqualTo(digest);
    }

    @Property
    void targetsComeBack(@ForAll("targets") Target target) {
        assertThat(MaterializeRows.target(PROJECT, target.name(), MaterializeRows.target(target)))
                .isEqualTo(target);
    }

    @Property
    void fencesComeBack(@ForAll("fences") FenceRow fence, @ForAll("lastRecords") Cluster.LastRecord last) {
        assertThat(FenceRows.fence(FenceRows.fence(fence))).isEqualTo(fence);
        assertThat(FenceRows.last(FenceRows.last(last))).isEqualTo(last);
    }

    /** A reader of one kind of row. */
    private record Reading(String of, Consumer<byte[]> read) {
        @Override
        public String toString() {
            return of;
        }
    }

    static Stream<Reading> readings() {
        return Stream.of(
                new Reading("entity", AdmitRows::entity),
                new Reading("project head", AdmitRows::head),
                new Reading("bucket", AdmitRows::bucket),
                new Reading("count", AdmitRows::count),
                new Reading("replica", AdmitRows::replica),
                new Reading("decided run", AdmitRows::run),
                new Reading("policy", AdmitRows::policy),
                new Reading("change", MaterializeRows::change),
                new Reading("path", MaterializeRows::path),
                new Reading("record", row -> MaterializeRows.record(PROJECT, row)),
                new Reading("head", MaterializeRows::head),
                new Reading("digest", MaterializeRows::digest),
                new Reading("bucket at", MaterializeRows::bucket),
                new Reading("bucket time", MaterializeRows::bucketCommittedMs),
                new Reading("mapped run", MaterializeRows::run),
                new Reading("run time", MaterializeRows::runDecidedMs),
                new Reading("target", row -> MaterializeRows.target(PROJECT, "t", row)),
                new Reading("fence", FenceRows::fence),
                new Reading("last record", FenceRows::last));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void anotherFormatIsRefused(Reading reading) {
        byte[] row = new byte[200];
        row[0] = 2;

        assertThatThrownBy(() -> reading.read().accept(row))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 2");
    }

    @Property
    void aRowThatWasCutIsRefused(@ForAll("heads") Head head, @ForAll("entities") EntityState entity) {
        for (byte[] row : List.of(MaterializeRows.head(head), AdmitRows.entity(entity)))
            for (int length = 0; length < row.length; length++) {
                byte[] cut = Arrays.copyOf(row, length);
                assertThatThrownBy(() -> {
                            if (row.length == MaterializeRows.head(head).length) MaterializeRows.head(cut);
                            AdmitRows.entity(cut);
                        })
                        .isInstanceOf(RuntimeException.class);
            }
    }

    @Provide
    Arbitrary<EntityState> entities() {
        Arbitrary<EntityState> live = Combinators.combine(Rows.images(), Rows.counts(), Rows.ordinals())
                .as((image, version, ordinal) ->
                        new EntityState(Image.ofCanonical(image), Hashes.image(image), version, ordinal));
        Arbitrary<EntityState> deleted = Combinators.combine(Rows.counts(), Rows.ordinals())
                .as((version, ordinal) -> new EntityState(null, null, version, ordinal));
        return Arbitraries.oneOf(live, deleted);
    }

    @Provide
    Arbitrary<ProjectHead> projectHeads() {
        return Combinators.combine(
                        Rows.ordinals(),
                        Rows.buckets(),
                        Rows.counts(),
                        Rows.counts(),
                        Arbitraries.of(ProjectHead.Life.class))
                .as(ProjectHead::new);
    }

    @Provide
    Arbitrary<BucketState> buckets() {
        return Rows.buckets();
    }

    @Provide
    Arbitrary<Digest> digests() {
        return Rows.digests();
    }

    @Provide
    Arbitrary<ReplicaState> replicaStates() {
        Arbitrary<Long> seqOrNone = Arbitraries.longs().greaterOrEqual(-1);
        return Combinators.combine(seqOrNone, seqOrNone, Rows.counts()).as(ReplicaState::new);
    }

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<SortedSet<String>> fields =
                Rows.keys().set().ofMaxSize(5).map(set -> (SortedSet<String>) new TreeSet<>(set));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.maps(Rows.names(), fields).ofMaxSize(4))
                .as((paused, filterable) -> new Policy(paused, new TreeMap<>(filterable)));
    }

    @Provide
    Arbitrary<OriginRun<DecidedOrigin>> decidedRuns() {
        return Rows.runs((outcome, seq) -> {
            byte[] body = new byte[Hashes.BODY_BYTES];
            Arrays.fill(body, (byte) seq.value());
            return new DecidedOrigin(outcome, body);
        });
    }

    @Provide
    Arbitrary<OriginRun<MappedOrigin>> mappedRuns() {
        return Rows.runs((outcome, seq) -> {
            long first = outcome.fanOut() == null ? seq.value() : seq.value() / 2 - 1;
            return new MappedOrigin(outcome, seq, new CloudSeq(Math.max(-1, first)));
        });
    }

    @Provide
    Arbitrary<ChangeRow> changes() {
        Arbitrary<byte[]> jsons = Rows.images().map(image -> image.getBytes(StandardCharsets.UTF_8));
        Arbitrary<ChangeRow.Slice> slices = Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.integers().greaterOrEqual(0))
                .as(ChangeRow.Slice::new);
        return Combinators.combine(
                        Rows.seqs(), Rows.ordinals(), Rows.digests(), Rows.counts(), Rows.ids(PROJECT), jsons)
                .flatAs((seq, ordinal, digest, count, id, json) -> Combinators.combine(
                                Arbitraries.of(ChangeOp.class), Rows.counts(), Rows.counts(), slices, slices)
                        .as((op, version, committedMs, payload, hash) -> new ChangeRow(
                                seq,
                                ordinal,
                                digest,
                                count,
                                op,
                                id.entity(),
                                id.key(),
                                version,
                                committedMs,
                                payload,
                                hash,
                                json)));
    }

    @Provide
    Arbitrary<PathRow> paths() {
        return Combinators.combine(Rows.seqs(), Rows.hashes().injectNull(0.3)).as(PathRow::new);
    }

    @Provide
    Arbitrary<RecordRow> records() {
        Arbitrary<Hash> hashes = Rows.hashes().injectNull(0.3);
        return Combinators.combine(
                        Rows.seqs(),
                        Rows.ordinals(),
                        Rows.ids(PROJECT),
                        hashes,
                        Rows.origins().list().ofMaxSize(10),
                        Arbitraries.of(true, false),
                        Rows.counts())
                .as((seq, ordinal, id, hash, origins, applyWhere, committedMs) -> {
                    ChangeOp op = hash == null ? ChangeOp.DELETE : ChangeOp.UPSERT;
                    LoggedRecord record = new LoggedRecord(seq, ordinal, id, op, hash, origins, applyWhere);
                    return new RecordRow(record, committedMs);
                });
    }

    @Provide
    Arbitrary<Head> heads() {
        return Combinators.combine(
                        Arbitraries.longs().map(Epoch::new),
                        Rows.seqs(),
                        Rows.ordinals(),
                        Rows.counts(),
                        Rows.digests(),
                        Rows.seqs())
                .as(Head::new);
    }

    @Provide
    Arbitrary<Target> targets() {
        Arbitrary<List<String>> filters = Rows.names().list().ofMaxSize(5);
        return Combinators.combine(
                        Rows.names(),
                        Arbitraries.of(TargetKind.class),
                        Rows.names().injectNull(0.3),
                        filters,
                        Rows.counts(),
                        Rows.cursors(PROJECT),
                        Rows.cursors(PROJECT).injectNull(0.3),
                        Rows.counts())
                .as((name, kind, incarnation, filter, generation, unified, acked, timeMs) -> new Target(
                        PROJECT, name, kind, incarnation, filter, generation, unified, acked, timeMs, timeMs / 2));
    }

    @Provide
    Arbitrary<FenceRow> fences() {
        Arbitrary<Map<String, String>> ids =
                Arbitraries.maps(Rows.names(), Rows.names()).ofMaxSize(12);
        return Combinators.combine(Rows.names(), Arbitraries.integers().greaterOrEqual(1), ids)
                .as(FenceRow::new);
    }

    @Provide
    Arbitrary<Cluster.LastRecord> lastRecords() {
        return Combinators.combine(Rows.names(), Rows.ordinals(), Rows.digests())
                .as(Cluster.LastRecord::new);
    }
}
