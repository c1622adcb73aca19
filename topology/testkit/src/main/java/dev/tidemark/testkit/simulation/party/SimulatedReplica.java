package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.client.AnswerStep;
import dev.tidemark.algebra.client.PullRequest;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.model.Target;
import dev.tidemark.testkit.simulation.backbone.Backbone;
import dev.tidemark.testkit.simulation.backbone.Pulled;
import dev.tidemark.testkit.simulation.backbone.PushReply;
import dev.tidemark.testkit.simulation.backbone.Words;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.CommittedLog;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A replica that follows semantics section 6 over a network; every method is one thing that it may do at any time. */
public final class SimulatedReplica {
    private final Ground ground;
    private final Backbone backbone;
    private final CommittedLog log;
    private final int store;
    private Durable durable;
    private @Nullable Durable backup;
    private boolean online = true;
    private @Nullable Target seen;
    private int incarnations;
    private int revision;

    public SimulatedReplica(Ground ground, Backbone backbone, CommittedLog log, ReplicaId id) {
        this(ground, backbone, log, 0, Durable.empty(id));
    }

    private SimulatedReplica(Ground ground, Backbone backbone, CommittedLog log, int store, Durable durable) {
        this.ground = ground;
        this.backbone = backbone;
        this.log = log;
        this.store = store;
        this.durable = durable;
    }

    /** Another store with the same content, which does not know that it is one. */
    public SimulatedReplica cloned(int otherStore) {
        return new SimulatedReplica(ground, backbone, log, otherStore, durable.restarted());
    }

    public ReplicaCopy copy() {
        return durable.copy();
    }

    public CloudSeq completeAt() {
        return durable.completeAt();
    }

    /** Rises whenever the copy may have changed. */
    public int revision() {
        return revision;
    }

    /** Cursors that a target of this copy may be set back to. */
    public List<Cursor> held() {
        return durable.held();
    }

    public String name() {
        return copy().id().replica() + (store == 0 ? "" : "'" + store);
    }

    public void edit(Mutation draft) {
        copy().edit(draft);
        revision++;
    }

    public void push(int mutationsMax) {
        copy().nextPush(mutationsMax).ifPresent(request -> {
            note(() -> "pushes " + Words.of(request.batch()));
            send("a push of", () -> backbone.push(request, replyTo(request)));
        });
        revision++;
    }

    /** The mutations are marked sent, but nothing leaves. */
    public void crashBeforeSending(int mutationsMax) {
        copy().nextPush(mutationsMax);
        crash();
    }

    public void giveUp() {
        PushRequest request = copy().underWay();
        if (request != null) copy().pushLost(request);
    }

    public void pull(int rowsMax) {
        PullRequest request = copy().nextPull();
        Cursor from = cutFrom(request);
        note(() -> "pulls from " + Words.of(from));
        send(
                "a pull of",
                () -> backbone.pull(
                        from, Set.of(), rowsMax, pulled -> send("a page for", () -> received(request, pulled))));
    }

    /** @param naming how much of what it last saw of its target the ack names: 0 nothing, 1 generation, 2 from too */
    public void ack(int naming) {
        ReplicaId id = copy().id();
        Target named = naming == 0 ? null : seen;
        copy().ackable()
                .ifPresent(cursor -> send("an ack of", () -> {
                    if (!backbone.serves(cursor)) return;
                    backbone.wish(
                            Wishes.ack(id.replica(), id.incarnation(), cursor, named, naming == 2),
                            decision -> ground.tally()
                                    .count("ack " + decision.getClass().getSimpleName()));
                }));
    }

    /** Asks for its own target. */
    public void look() {
        send(
                "a look of",
                () -> backbone.target(copy().id().replica())
                        .ifPresent(target -> send("a target for", () -> seen = target)));
    }

    public void crash() {
        ground.tally().count("replica crash");
        restart(durable.restarted());
    }

    public void fullRead() {
        ground.tally().count("full read");
        copy().fullReadStarted();
        revision++;
    }

    public void setOnline(boolean now) {
        if (online != now) ground.tally().count(now ? "online" : "offline");
        online = now;
    }

    public void backUp() {
        backup = durable.restarted();
    }

    /** The disk is lost, the backup is put in its place. @return whether there was one */
    public boolean restore() {
        if (backup == null) return false;
        ground.tally().count("restored");
        restart(backup.restarted());
        return true;
    }

    private void restart(Durable from) {
        durable = from;
        seen = null;
        revision++;
    }

    private void send(String what, Runnable arrival) {
        if (!online) {
            ground.tally().count("not sent: offline");
            return;
        }
        ground.network().send(what + " " + name(), () -> {
            if (online) arrival.run();
        });
    }

    private PushReply replyTo(PushRequest request) {
        return new PushReply() {
            @Override
            public void answered(PushAnswer answer) {
                send("an answer for", () -> SimulatedReplica.this.answered(request, answer));
            }

            @Override
            public void refused(Refusal why) {
                send("a refusal for", () -> {
                    if (why == Refusal.OUT_OF_ORDER) copy().pushOutOfOrder(request);
                    else copy().pushLost(request);
                });
            }
        };
    }

    private void answered(PushRequest request, PushAnswer answer) {
        Deliveries before = new Deliveries(log, copy());
        String next = store + "." + incarnations++;
        PushAnswer told = request.equals(copy().underWay())
                ? SimplifiedAnswers.of(ground.simplification(), copy(), request, answer)
                : answer;
        AnswerStep step = copy().pushAnswered(request, told, next);
        ground.tally().count(step.match(new AnswerName()));
        before.check(copy());
        changed();
    }

    private void received(PullRequest request, Pulled pulled) {
        Deliveries before = new Deliveries(log, copy());
        if (pulled instanceof Pulled.Page page) {
            ground.tally().count(copy().pageReceived(request, page.page()).match(new PageName(copy().id())));
        } else {
            ground.tally().count("expired");
            copy().expired(request);
        }
        before.check(copy());
        changed();
    }

    private void changed() {
        revision++;
        copy().ackable().ifPresent(cursor -> durable = durable.at(cursor));
    }

    private @Nullable Cursor cutFrom(PullRequest request) {
        Cursor own = request.from();
        if (own == null || !ground.simplifies(Simplification.PULL_FROM_UNIFIED)) return own;
        return backbone.target(copy().id().replica())
                .filter(target -> copy().id().incarnation().equals(target.incarnation()))
                .map(Target::unified)
                .filter(unified -> unified.epoch().equals(own.epoch()))
                .filter(unified -> unified.seq().isAfter(own.seq()))
                .orElse(own);
    }

    private void note(Supplier<String> what) {
        ground.trace().note(() -> "  " + name() + " " + what.get());
    }
}
