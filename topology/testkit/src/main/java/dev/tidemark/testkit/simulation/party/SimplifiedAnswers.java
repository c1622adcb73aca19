package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Ops;
import dev.tidemark.algebra.client.Advance;
import dev.tidemark.algebra.client.BaseRow;
import dev.tidemark.algebra.client.Pending;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.testkit.simulation.ground.Simplification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replica that simplifies makes of the answer to a push. The copy that it is given to takes the advance of an answer only as
 * the rules allow, so the simplification is told as an advance that it has to believe.
 */
final class SimplifiedAnswers {
    private final ReplicaCopy copy;
    private final PushRequest request;
    private final PushAnswer answer;
    private final Map<EntityId, Optional<Image>> images = new HashMap<>();

    private SimplifiedAnswers(ReplicaCopy copy, PushRequest request, PushAnswer answer) {
        this.copy = copy;
        this.request = request;
        this.answer = answer;
    }

    static PushAnswer of(Simplification how, ReplicaCopy copy, PushRequest request, PushAnswer answer) {
        SimplifiedAnswers simplified = new SimplifiedAnswers(copy, request, answer);
        return switch (how) {
            case RETIRED_INTO_THE_BASE -> simplified.retiring();
            case POSITION_OF_THE_ANSWER -> simplified.adopting();
            default -> answer;
        };
    }

    /** Every settled mutation goes into the base at once; the cursor stays. */
    private PushAnswer retiring() {
        Cursor cursor = copy.cursor().filter(Cursor::complete).orElse(null);
        if (cursor == null) return answer;
        List<Advance.Step> steps = new ArrayList<>();
        for (PushAnswer.Result result : answer.results()) {
            Mutation mutation = settled(result.localSeq());
            if (mutation == null || mutation.key() == null) continue;
            EntityId id = idOf(mutation);
            Image after = applied(mutation, id);
            steps.add(new Advance.Step(
                    id,
                    result.seq(),
                    after == null ? null : Hashes.image(after.canonical()),
                    List.of(result.localSeq())));
        }
        return with(new Advance(cursor, cursor, steps));
    }

    /** The cursor goes where the answer leads, with those of its records that are known here. */
    private PushAnswer adopting() {
        Advance advance = answer.advance();
        if (advance == null) return answer;
        List<Advance.Step> known = new ArrayList<>();
        for (Advance.Step step : advance.records()) {
            List<Mutation> mutations = new ArrayList<>();
            for (long localSeq : step.localSeqs()) {
                Mutation mutation = settled(localSeq);
                if (mutation != null) mutations.add(mutation);
            }
            if (mutations.size() < step.localSeqs().size()) continue;
            Image after = null;
            for (Mutation mutation : mutations) after = applied(mutation, step.id());
            known.add(new Advance.Step(
                    step.id(), step.seq(), after == null ? null : Hashes.image(after.canonical()), step.localSeqs()));
        }
        return with(new Advance(advance.from(), advance.to(), known));
    }

    private PushAnswer with(Advance advance) {
        return new PushAnswer(answer.head(), answer.results(), advance);
    }

    /** The mutation, if it is settled once the answer is taken. */
    private @Nullable Mutation settled(long localSeq) {
        for (PushAnswer.Result result : answer.results())
            if (result.localSeq() == localSeq && result.reason() != null) return null;
        for (Mutation mutation : request.batch().mutations()) if (mutation.localSeq() == localSeq) return mutation;
        for (Pending pending : copy.outbox())
            if (pending.localSeq() == localSeq && !pending.stage().isUndecided()) return pending.mutation();
        return null;
    }

    private @Nullable Image applied(Mutation mutation, EntityId id) {
        BaseRow row = copy.base().get(id);
        Optional<Image> before =
                images.getOrDefault(id, Optional.ofNullable(row).map(BaseRow::image));
        Image after = Ops.apply(mutation, before.orElse(null)).after();
        images.put(id, Optional.ofNullable(after));
        return after;
    }

    private EntityId idOf(Mutation mutation) {
        return new EntityId(copy.id().project(), String.valueOf(mutation.entity()), String.valueOf(mutation.key()));
    }
}
