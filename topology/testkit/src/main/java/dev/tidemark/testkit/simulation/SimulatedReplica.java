package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.client.AnswerStep;
import dev.tidemark.algebra.client.PageStep;
import dev.tidemark.algebra.client.PullRequest;
import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.ReplicaId;
import java.util.Optional;

/** A replica that follows semantics section 6 over a network; every method is one thing that it may do at any time. */
final class SimulatedReplica {
    private final SimulatedServer server;
    private final Network network;
    private final Tally tally;
    private ReplicaCopy copy;
    private int incarnations;

    SimulatedReplica(ReplicaId id, SimulatedServer server, Network network, Tally tally) {
        this.server = server;
        this.network = network;
        this.tally = tally;
        this.copy = new ReplicaCopy(id);
    }

    ReplicaCopy copy() {
        return copy;
    }

    void edit(Mutation draft) {
        copy.edit(draft);
    }

    void push(int mutationsMax) {
        markSent(mutationsMax).ifPresent(request -> network.send(() -> arrived(request)));
    }

    /** The mutations are marked sent, but nothing leaves. */
    void crashBeforeSending(int mutationsMax) {
        markSent(mutationsMax);
        crash();
    }

    void giveUp() {
        PushRequest request = copy.underWay();
        if (request != null) copy.pushLost(request);
    }

    void pull(int rowsMax) {
        PullRequest request = copy.nextPull();
        network.send(() -> pulled(request, rowsMax));
    }

    void ack() {
        ReplicaId target = copy.id();
        copy.ackable().ifPresent(cursor -> network.send(() -> server.ack(target, cursor)));
    }

    void crash() {
        tally.count("crash");
        copy = copy.restarted();
    }

    void fullRead() {
        tally.count("full read");
        copy.fullReadStarted();
    }

    private Optional<PushRequest> markSent(int mutationsMax) {
        return copy.nextPush(mutationsMax);
    }

    private void arrived(PushRequest request) {
        Optional<PushAnswer> answer = server.push(request);
        if (answer.isEmpty()) throw new AssertionError("a replica that follows the rules was refused: " + request);
        network.send(() -> answered(request, answer.get()));
    }

    private void answered(PushRequest request, PushAnswer answer) {
        String nextIncarnation = copy.id().incarnation() + "." + incarnations++;
        AnswerStep step = copy.pushAnswered(request, answer, nextIncarnation);
        tally.count(step.match(new AnswerName()));
    }

    private void pulled(PullRequest request, int rowsMax) {
        Optional<PulledPage> page = server.pull(request.from(), rowsMax);
        network.send(() -> received(request, page));
    }

    private void received(PullRequest request, Optional<PulledPage> page) {
        if (page.isPresent()) {
            tally.count(copy.pageReceived(request, page.get()).match(new PageName()));
        } else {
            tally.count("expired");
            copy.expired(request);
        }
    }

    private static final class AnswerName implements AnswerStep.Cases<String> {
        @Override
        public String ignored(AnswerStep.Ignored step) {
            if (step.why() == AnswerStep.Why.MISMATCH) throw new AssertionError("an answer that does not match");
            return "late answer";
        }

        @Override
        public String taken(AnswerStep.Taken step) {
            return "advance " + step.advance();
        }

        @Override
        public String cloneFound(AnswerStep.CloneFound step) {
            throw new AssertionError("nobody was cloned: " + step.now());
        }
    }

    /** L7: no page may differ; L4: none may break the protocol. */
    private static final class PageName implements PageStep.Cases<String> {
        @Override
        public String dropped(PageStep.Dropped step) {
            return "page dropped";
        }

        @Override
        public String broken(PageStep.Broken step) {
            throw new AssertionError("a page breaks the protocol: " + step);
        }

        @Override
        public String applied(PageStep.Applied step) {
            return "page with more";
        }

        @Override
        public String caughtUp(PageStep.CaughtUp step) {
            return "caught up";
        }

        @Override
        public String differs(PageStep.Differs step) {
            throw new AssertionError("L7: the digest of a page differs: " + step);
        }
    }
}
