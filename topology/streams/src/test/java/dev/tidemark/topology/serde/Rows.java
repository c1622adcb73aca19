package dev.tidemark.topology.serde;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitraries of what stands in rows. Numbers have both ends of their range. */
final class Rows {
    private Rows() {}

    /** 0 to the largest, both included. */
    static Arbitrary<Long> counts() {
        return Arbitraries.longs().greaterOrEqual(0).edgeCases(edges -> edges.add(0L, 127L, 128L, Long.MAX_VALUE));
    }

    static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withChars("0123456789._-")
                .ofMinLength(1)
                .ofMaxLength(128)
                .filter(name -> name.charAt(0) != '.');
    }

    /** Of one to a thousand bytes, astral characters and control characters included. */
    static Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withChars("aZ0/% ~\u0001é\uFFFF")
                .ofMinLength(1)
                .ofMaxLength(30)
                .map(key -> key.replace("~", "\uD83D\uDE00"));
    }

    static Arbitrary<ReplicaId> replicas() {
        return Combinators.combine(names(), names(), names()).as(ReplicaId::new);
    }

    static Arbitrary<EntityId> ids(String project) {
        return Combinators.combine(names(), keys()).as((entity, key) -> new EntityId(project, entity, key));
    }

    static Arbitrary<Digest> digests() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Digest::new);
    }

    static Arbitrary<Hash> hashes() {
        return Arbitraries.bytes().array(byte[].class).ofSize(Hash.BYTES).map(Hash::new);
    }

    static Arbitrary<BucketState> buckets() {
        return Combinators.combine(digests(), counts()).as(BucketState::new);
    }

    static Arbitrary<CloudSeq> seqs() {
        return Arbitraries.longs().greaterOrEqual(-1).map(CloudSeq::new);
    }

    static Arbitrary<Ordinal> ordinals() {
        return counts().map(Ordinal::new);
    }

    static Arbitrary<Origin> origins() {
        return Combinators.combine(names(), names(), counts()).as(Origin::new);
    }

    static Arbitrary<Cursor> cursors(String project) {
        return Combinators.combine(
                        Arbitraries.longs().map(Epoch::new),
                        seqs(),
                        ordinals(),
                        Arbitraries.of(true, false),
                        seqs(),
                        Arbitraries.integers())
                .as((epoch, seq, ordinal, complete, floor, filterHash) ->
                        new Cursor(project, epoch, seq, ordinal, complete, floor, filterHash));
    }

    /** Images as they stand in a row: canonical. */
    static Arbitrary<String> images() {
        return Arbitraries.of(
                "{}", "{\"a\":1}", "{\"t\":\"é\uD83D\uDE00\"}", "{\"tags\":[1,2,\"x\"],\"z\":{\"n\":null}}");
    }

    /** Not a duplicate: rows hold the first outcome. */
    static Arbitrary<Outcome> outcomes(long localSeq) {
        Arbitrary<Outcome> settled = Combinators.combine(
                        Arbitraries.of(Outcome.Kind.ACCEPTED, Outcome.Kind.UNCHANGED), ordinals(), counts())
                .as((kind, ordinal, version) ->
                        new Outcome(localSeq, kind, false, ordinal, ordinal, version, null, null));
        Arbitrary<Outcome> refused = Combinators.combine(
                        Arbitraries.of(Outcome.Kind.REJECTED, Outcome.Kind.CONFLICT), Arbitraries.of(Reason.class))
                .as((kind, reason) -> new Outcome(localSeq, kind, false, Ordinal.NONE, Ordinal.NONE, 0, reason, null));
        Arbitrary<Integer> some = Arbitraries.integers().greaterOrEqual(0);
        Arbitrary<Outcome> fannedOut = Combinators.combine(ordinals(), ordinals(), some, some, some)
                .as((first, last, matched, changed, skipped) -> new Outcome(
                        localSeq,
                        Outcome.Kind.ACCEPTED,
                        false,
                        last,
                        first,
                        0,
                        null,
                        new Outcome.FanOut(matched, changed, skipped)));
        return Arbitraries.oneOf(settled, refused, fannedOut);
    }

    /** Up to as many entries as a run may have, with local seqs that rise. */
    static <T extends OriginRun.Entry> Arbitrary<OriginRun<T>> runs(BiFunction<Outcome, CloudSeq, T> entry) {
        Arbitrary<Set<Long>> localSeqs = counts().set().ofMinSize(1).ofMaxSize(30);
        return localSeqs.flatMap(seqs -> {
            List<Arbitrary<T>> entries = new ArrayList<>();
            seqs.stream()
                    .sorted()
                    .forEach(seq -> entries.add(
                            Combinators.combine(outcomes(seq), seqs()).as(entry::apply)));
            return Combinators.combine(entries).as(OriginRun::new);
        });
    }
}
