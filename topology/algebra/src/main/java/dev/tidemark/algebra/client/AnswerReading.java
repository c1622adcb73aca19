package dev.tidemark.algebra.client;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Step 3: an answer held against its request. */
final class AnswerReading {
    private final PushRequest request;
    private final PushAnswer answer;

    AnswerReading(PushRequest request, PushAnswer answer) {
        this.request = request;
        this.answer = answer;
    }

    /** Whether it has one whole result for each mutation, in order. */
    boolean matches() {
        List<Mutation> mutations = request.batch().mutations();
        if (answer.results().size() != mutations.size()) return false;
        for (int i = 0; i < mutations.size(); i++) {
            PushAnswer.Result result = answer.results().get(i);
            if (result.localSeq() != mutations.get(i).localSeq() || !result.isWhole()) return false;
        }
        return true;
    }

    /**
     * Whether another store pushes under this origin. A mutation that was sent before proves nothing: its outcome may have
     * been given and forgotten.
     */
    boolean showsClone() {
        return answer.results().stream().anyMatch(this::isTaken);
    }

    /** Marks what settled and takes out what will never take effect; what a clone took stays undecided. */
    List<Undone> settleIn(Outbox outbox) {
        List<Undone> undone = new ArrayList<>();
        for (int i = 0; i < answer.results().size(); i++) {
            PushAnswer.Result result = answer.results().get(i);
            if (isTaken(result)) continue;
            if (result.reason() == null) {
                outbox.mark(result.localSeq(), new Stage.Settled(answer.placeOf(result)));
                continue;
            }
            outbox.drop(result.localSeq());
            undone.add(new Undone(request.batch().mutations().get(i), Objects.requireNonNull(result.reason())));
        }
        return undone;
    }

    private boolean isTaken(PushAnswer.Result result) {
        boolean evidence = result.reason() == Reason.ORIGIN_REUSED || result.reason() == Reason.BELOW_WINDOW;
        return evidence && request.isFirstSending(result.localSeq());
    }
}
