package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.algebra.client.Advance;
import dev.tidemark.algebra.client.Place;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Refusal;
import dev.tidemark.testkit.simulation.ground.Tally;
import dev.tidemark.testkit.simulation.watch.ServedWatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Takes pushes: cuts them into batches, produces them in order, and answers when all of them are materialized. */
final class PushGateway {
    private static final int PERCENT = 100;
    private static final int CUT_PERCENT = 30;
    private static final int BREAK_PERCENT = 25;
    /** Makes seeds that follow each other look unlike. */
    private static final long MIXING = 0x9E3779B97F4A7C15L;

    private final Producer producer;
    private final ServedWatch watch;
    private final Tally tally;
    private final Map<String, PendingPush> waiting = new HashMap<>();
    private int requests;

    PushGateway(Producer producer, ServedWatch watch, Tally tally) {
        this.tally = tally;
        this.producer = producer;
        this.watch = watch;
    }

    /** It may be cut in two, and then it may be that the second half is never produced. */
    void push(PushRequest request, PushReply reply) {
        String id = "q" + requests++;
        Random dice = new Random(requests * MIXING);
        int size = request.batch().mutations().size();
        boolean cut = size > 1 && dice.nextInt(PERCENT) < CUT_PERCENT;
        int first = cut ? 1 + dice.nextInt(size - 1) : size;
        waiting.put(id, new PendingPush(request, cut ? 2 : 1, reply));
        producer.produce(part(request.batch(), 0, first), id + ".0");
        if (!cut) return;
        boolean breaks = dice.nextInt(PERCENT) < BREAK_PERCENT;
        tally.count(breaks ? "push cut and broken off" : "push cut");
        if (breaks) waiting.remove(id);
        else producer.produce(part(request.batch(), first, size), id + ".1");
    }

    void crash() {
        waiting.clear();
    }

    void answered(BatchOutcome batch, List<MappedOrigin> mapped, MaterializeState state) {
        String part = batch.requestId();
        if (part == null) return;
        int dot = part.indexOf('.');
        PendingPush pending = waiting.get(part.substring(0, dot));
        if (pending == null || !pending.take(Integer.parseInt(part.substring(dot + 1)), batch, mapped)) return;
        waiting.remove(part.substring(0, dot));
        Refusal refusal = pending.refusal();
        if (refusal != null) pending.reply().refused(refusal);
        else pending.reply().answered(answer(pending, state));
    }

    private static MutationBatch part(MutationBatch batch, int from, int to) {
        Long before = batch.follows();
        if (from > 0) before = batch.mutations().get(from - 1).localSeq();
        return new MutationBatch(
                batch.replica(), batch.ackedThrough(), before, batch.mutations().subList(from, to));
    }

    private PushAnswer answer(PendingPush pending, MaterializeState state) {
        List<PushAnswer.Result> results =
                pending.results().stream().map(this::result).toList();
        Place head = new Place(state.head.epoch(), state.head.seq());
        return new PushAnswer(head, results, advance(pending.request(), state));
    }

    private PushAnswer.Result result(MappedOrigin mapped) {
        Outcome outcome = mapped.outcome();
        if (!mapped.seq().isNone()) watch.seq(outcome.ordinal(), mapped.seq());
        else if (outcome.kind() == Outcome.Kind.ACCEPTED) tally.count("accepted at an unknown seq");
        return new PushAnswer.Result(outcome.localSeq(), outcome.kind(), mapped.seq(), outcome.reason());
    }

    private static @Nullable Advance advance(PushRequest request, MaterializeState state) {
        Cursor from = request.cursor();
        if (from == null || !isHonoured(from, state.head)) return null;
        String replica = request.batch().replica().replica();
        String incarnation = request.batch().replica().incarnation();
        UnifiedCursor.Advance advance = UnifiedCursor.advance(from, replica, incarnation, state::record);
        if (advance.isEmpty()) return null;
        return new Advance(
                advance.from(),
                advance.to(),
                advance.records().stream().map(PushGateway::step).toList());
    }

    private static boolean isHonoured(Cursor cursor, Head head) {
        return cursor.epoch().equals(head.epoch())
                && !cursor.seq().isAfter(head.seq())
                && !PageRules.isBelowHorizon(cursor, head.horizon());
    }

    private static Advance.Step step(LoggedRecord record) {
        List<Long> localSeqs = record.origins().stream().map(Origin::localSeq).toList();
        return new Advance.Step(record.id(), record.seq(), record.hash(), localSeqs);
    }
}
