package dev.tidemark.algebra.client;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server could have sent, in one line each. */
final class Wire {
    static final Epoch EPOCH = new Epoch(1);

    private Wire() {}

    static EntityId note(String key) {
        return new EntityId("p", "note", key);
    }

    static Mutation set(String key, String field, String value) {
        return Mutation.of(0, "note", key, new Op.SetField(field, value));
    }

    static Mutation delete(String key) {
        return Mutation.of(0, "note", key, new Op.Delete());
    }

    static Cursor complete(long seq) {
        return cursor(EPOCH, seq, true);
    }

    static Cursor incomplete(long seq) {
        return cursor(EPOCH, seq, false);
    }

    static Cursor cursor(Epoch epoch, long seq, boolean complete) {
        return new Cursor("p", epoch, new CloudSeq(seq), new Ordinal(seq + 1), complete, CloudSeq.NONE, 0);
    }

    static PulledPage.Row row(long seq, String key, @Nullable String image) {
        return new PulledPage.Row(note(key), new CloudSeq(seq), image == null ? null : Image.ofCanonical(image));
    }

    /** There is more behind it. */
    static PulledPage page(Cursor cursor, PulledPage.Row... rows) {
        return new PulledPage(List.of(rows), cursor, true, null);
    }

    static PulledPage lastPage(Cursor cursor, PulledPage.Row... rows) {
        return new PulledPage(List.of(rows), cursor, false, null);
    }

    /** With a head at seq 100. */
    static PushAnswer answer(PushAnswer.Result... results) {
        return answerAt(new Place(EPOCH, new CloudSeq(100)), results);
    }

    static PushAnswer answerAt(Place head, PushAnswer.Result... results) {
        return new PushAnswer(head, List.of(results), null);
    }

    static PushAnswer.Result accepted(long localSeq, long seq) {
        return new PushAnswer.Result(localSeq, Outcome.Kind.ACCEPTED, new CloudSeq(seq), null);
    }

    static PushAnswer.Result unchanged(long localSeq, long seq) {
        return new PushAnswer.Result(localSeq, Outcome.Kind.UNCHANGED, new CloudSeq(seq), null);
    }

    static PushAnswer.Result rejected(long localSeq, Reason reason) {
        return new PushAnswer.Result(localSeq, Outcome.Kind.REJECTED, CloudSeq.NONE, reason);
    }

    static PushAnswer.Result conflict(long localSeq, Reason reason) {
        return new PushAnswer.Result(localSeq, Outcome.Kind.CONFLICT, CloudSeq.NONE, reason);
    }

    static PushAnswer with(PushAnswer answer, Advance advance) {
        return new PushAnswer(answer.head(), answer.results(), advance);
    }

    static Advance advance(Cursor from, Cursor to, Advance.Step... steps) {
        return new Advance(from, to, List.of(steps));
    }

    static Advance.Step step(long seq, String key, @Nullable String image, Long... localSeqs) {
        return new Advance.Step(
                note(key), new CloudSeq(seq), image == null ? null : Hashes.image(image), Arrays.asList(localSeqs));
    }

    static Digest digest(String key, String image) {
        return Hashes.entry(EntityPath.of(note(key)), Hashes.image(image));
    }
}
