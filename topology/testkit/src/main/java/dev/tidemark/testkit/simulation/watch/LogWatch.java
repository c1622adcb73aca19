package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.ReferenceModel;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sees every commit of Admit as it happens: L1, L2, L5, L8, L10 and the reference model. */
public final class LogWatch {
    private final CommittedLog log;
    private final StablePrefixWatch prefix = new StablePrefixWatch();
    private final OnceWatch once = new OnceWatch();
    private final OrderWatch order = new OrderWatch();
    private final FanOutWatch fanOut;
    private final @Nullable ModelWatch model;
    private final Set<ReplicaId> outlived = new HashSet<>();

    /** @param compared whether the reference model is asked: one way of doing it wrong it cannot follow */
    public LogWatch(ReferenceModel.Settings settings, boolean compared) {
        log = new CommittedLog(settings.epoch());
        fanOut = new FanOutWatch(log);
        model = compared ? new ModelWatch(new ReferenceModel(settings, new Random(0))) : null;
    }

    public CommittedLog log() {
        return log;
    }

    /** Somebody was shown the project up to there. */
    public void seen(CloudSeq seq) {
        prefix.seen(seq);
    }

    /** Two stores push under one identity, as after a clone. */
    public void share(ReplicaId replica) {
        order.share(replica);
    }

    /**
     * Whether something of it that was decided before the project was deleted came again afterwards, and was taken as new. The replica
     * may no longer wait for it, so that rule B passes a record that is not in its copy.
     */
    public boolean hasOutlived(ReplicaId replica) {
        return outlived.contains(replica);
    }

    /** What a mutation stands for that a source folded before it pushed it. */
    public void mean(Origin origin, Mutation unfolded) {
        if (model != null) model.mean(origin, unfolded);
    }

    /** A batch came to Admit; whatever becomes of it. */
    public void arrived(MutationBatch batch) {
        for (Mutation mutation : batch.mutations()) log.arrive(batch.replica().origin(mutation.localSeq()), mutation);
    }

    public void committed(Written written) {
        if (model != null) model.check(written);
        if (written instanceof Written.Admitted admitted) take(admitted);
        for (LogRecord record : written.records()) {
            prefix.check(log, record);
            once.check(record);
            order.check(record);
            fanOut.check(record);
            log.add(record);
        }
        if (written instanceof Written.Admitted admitted) decided(admitted);
        if (written instanceof Written.DeletionEnded ended) enter(ended.next());
    }

    private void take(Written.Admitted admitted) {
        for (int i = 0; i < admitted.outcome().outcomes().size(); i++) {
            Outcome outcome = admitted.outcome().outcomes().get(i);
            Origin origin = admitted.batch().replica().origin(outcome.localSeq());
            if (!outcome.duplicate() && outcome.reason() != Reason.ORIGIN_REUSED)
                log.take(origin, admitted.batch().mutations().get(i));
        }
    }

    private void decided(Written.Admitted admitted) {
        for (Outcome outcome : admitted.outcome().outcomes()) {
            Origin origin = admitted.batch().replica().origin(outcome.localSeq());
            if (!once.decided(admitted.outcome(), outcome)) continue;
            if (log.outcome(origin).isPresent()) outlived.add(admitted.batch().replica());
            order.decided(admitted.outcome(), outcome);
            fanOut.decided(origin, outcome);
            log.decide(origin, outcome);
        }
    }

    private void enter(Epoch next) {
        log.enter(next);
        fanOut.enterEpoch();
    }
}
