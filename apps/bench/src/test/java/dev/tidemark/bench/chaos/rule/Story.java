package dev.tidemark.bench.chaos.rule;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.bench.chaos.evidence.Answer;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.LogRead;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Pushed;
import dev.tidemark.bench.chaos.evidence.Refusal;
import dev.tidemark.bench.chaos.evidence.Row;
import dev.tidemark.bench.chaos.evidence.Sent;
import dev.tidemark.bench.chaos.evidence.Served;
import dev.tidemark.bench.chaos.evidence.Shown;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.RecordMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small run of one project in which every law holds, to be spoilt by one deed at a time. Replica r pushes, in four batches:
 *
 * <pre>
 * batch | local seq                         | seq
 * 0     | 1 n1 put {kind a}                 | 10
 *       | 2 n2 put {kind b}                 | 11
 * 1     | 3 n1 set n 1, 4 n1 set n 2        | 20
 *       | 5 n2 add kind: rejected           |
 * 2     | 6 kind eq a: set m 1              | 30 (n1)
 * 3     | 7 n2 delete                       | 40
 * </pre>
 */
final class Story {
    static final String PROJECT = "p";
    static final Epoch EPOCH = new Epoch(7);

    final Map<Origin, Sent> sent = new HashMap<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Page> pages = new ArrayList<>();
    final List<Shown> shown = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();
    final List<LogRead.Logged> tail = new ArrayList<>();
    final TreeMap<Long, EntityChange> whole = new TreeMap<>();

    private final Map<String, Hash> hashes = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private BucketState all = BucketState.EMPTY;

    Story() {
        sent(0, Mutation.of(1, "note", "n1", new Op.Put("{\"kind\":\"a\"}")));
        sent(0, Mutation.of(2, "note", "n2", new Op.Put("{\"kind\":\"b\"}")));
        sent(1, Mutation.of(3, "note", "n1", new Op.SetField("n", "1")));
        sent(1, Mutation.of(4, "note", "n1", new Op.SetField("n", "2")));
        sent(1, Mutation.of(5, "note", "n2", new Op.AddMember("kind", "1")));
        Op where = new Op.ApplyWhere("note", "kind eq \"a\"", List.of(new Op.SetField("m", "1")));
        sent(2, new Mutation(6, null, null, true, null, null, List.of(where)));
        sent(3, Mutation.of(7, "note", "n2", new Op.Delete()));

        logged(10, "n1", "{\"kind\":\"a\"}", 1);
        logged(11, "n2", "{\"kind\":\"b\"}", 2);
        logged(20, "n1", "{\"kind\":\"a\",\"n\":2}", 3, 4);
        logged(30, "n1", "{\"kind\":\"a\",\"m\":1,\"n\":2}", 6);
        logged(40, "n2", null, 7);
        whole.forEach((seq, change) -> tail.add(new LogRead.Logged(seq, change)));

        accepted(1, 10);
        accepted(2, 11);
        accepted(3, 20);
        accepted(4, 20);
        answers.add(new Answer(origin(5), "rejected", -1, "type_mismatch"));
        accepted(6, 30);
        accepted(7, 40);
        answers.add(new Answer(origin(1), "duplicate", 10, ""));

        pages.add(page(null, 11, 10, 11));
        pages.add(ended(11L, 40, 30, 40));
        shown.add(shown("reader", 11, 11));
        shown.add(shown("reader", 40, 40));
        shown.add(shown("r", 20, 11));
    }

    Evidence evidence() {
        return new Evidence(
                PROJECT, new Pushed(sent, answers), new Served(pages, shown, refusals), new LogRead(tail, whole));
    }

    static Origin origin(long localSeq) {
        return new Origin("r", "0", localSeq);
    }

    static Cursor cursor(long seq) {
        return new Cursor(PROJECT, EPOCH, new CloudSeq(seq), new Ordinal(0), true, CloudSeq.NONE, 0);
    }

    static Shown shown(String target, long unified, long copied) {
        return new Shown(new Shown.Party(target, "0"), 1, cursor(unified), copied);
    }

    Page page(@Nullable Long from, long to, long... seqs) {
        return new Page("reader", from == null ? null : cursor(from), cursor(to), rows(seqs), null);
    }

    Page ended(@Nullable Long from, long to, long... seqs) {
        String digest = change(to).meta().digest().hex();
        Page.End end = new Page.End(to, digest, digest);
        return new Page("reader", from == null ? null : cursor(from), cursor(to), rows(seqs), end);
    }

    List<Row> rows(long... seqs) {
        List<Row> rows = new ArrayList<>();
        for (long seq : seqs) {
            Hash hash = change(seq).meta().hash();
            String hex = hash == null ? null : hash.hex();
            rows.add(new Row(seq, EntityPath.of(change(seq).id()), hex, hex));
        }
        return rows;
    }

    EntityChange change(long seq) {
        EntityChange change = whole.get(seq);
        if (change == null) throw new IllegalArgumentException("no record " + seq);
        return change;
    }

    /** A record more, of any mutations. */
    void logged(long seq, String key, @Nullable String image, long... localSeqs) {
        String path = EntityPath.of(PROJECT, "note", key);
        Hash hash = image == null ? null : Hashes.image(image);
        Hash before = hash == null ? hashes.remove(path) : hashes.put(path, hash);
        if (before != null) all = all.minus(Hashes.entry(path, before));
        if (hash != null) all = all.plus(Hashes.entry(path, hash));
        List<Origin> origins = new ArrayList<>();
        for (long each : localSeqs) origins.add(origin(each));
        RecordMeta meta = new RecordMeta(
                EPOCH,
                new Ordinal(whole.size() + 1L),
                image == null ? ChangeOp.DELETE : ChangeOp.UPSERT,
                versions.merge(path, 1L, Long::sum),
                hash,
                all.digest(),
                all.count(),
                Digest.ZERO,
                0,
                origins,
                origins.contains(origin(6)),
                null);
        whole.put(seq, new EntityChange(new EntityId(PROJECT, "note", key), meta, image));
    }

    private void sent(int batch, Mutation mutation) {
        sent.put(origin(mutation.localSeq()), new Sent(origin(mutation.localSeq()), batch, mutation));
    }

    private void accepted(long localSeq, long seq) {
        answers.add(new Answer(origin(localSeq), "accepted", seq, ""));
    }
}
