package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.Targets;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Head;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.testkit.ReferenceModel;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.LogWatch;
import dev.tidemark.testkit.simulation.watch.ServedWatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The backbone of one project as those outside see it, and what may happen inside of it at any time. */
public final class Backbone {
    private final Ground ground;
    private final Topics topics;
    private final Producer producer;
    private final AdmitTask admit;
    private final MaterializeTask materialize;
    private final PushGateway pushes;
    private final PullGateway pulls;
    private final Map<String, Consumer<Targets.Decision>> waiting = new HashMap<>();
    private int requests;

    public Backbone(Ground ground, ReferenceModel.Settings settings, LogWatch watch) {
        this.ground = ground;
        this.topics = Topics.of(settings);
        ServedWatch served = new ServedWatch(watch);
        this.producer = new Producer(ground, topics);
        this.admit = new AdmitTask(ground, topics, watch);
        this.pushes = new PushGateway(producer, served, ground.tally());
        this.materialize = new MaterializeTask(ground, topics, new Answers());
        this.pulls = new PullGateway(materialize, topics.log(), served);
    }

    private final class Answers implements MaterializeTask.Listener {
        @Override
        public void answered(BatchOutcome batch, List<MappedOrigin> mapped, Head head) {
            pushes.answered(batch, mapped, materialize.state());
        }

        @Override
        public void decided(TargetEvent event, Targets.Decision decision) {
            Consumer<Targets.Decision> reply = waiting.remove(String.valueOf(event.requestId()));
            if (reply != null) reply.accept(decision);
        }
    }

    /** A push arrives. */
    public void push(PushRequest request, PushReply reply) {
        pushes.push(request, reply);
    }

    /** A batch is produced past the gateway; nobody waits for its outcome. */
    public void produce(MutationBatch batch) {
        producer.produce(batch, null);
    }

    /** A pull arrives. There is no reply where it would be 503. */
    public void pull(@Nullable Cursor from, Set<String> entities, int rowsMax, Consumer<Pulled> reply) {
        if (!ground.simplifies(Simplification.HEAD_AND_ROWS_APART)) {
            pulls.pull(from, entities, rowsMax, null).ifPresent(reply);
            return;
        }
        Digest before = pulls.digestOfHead();
        ground.network()
                .send(
                        "the rows of a page",
                        () -> pulls.pull(from, entities, rowsMax, before).ifPresent(reply));
    }

    /** A wish about a target arrives. */
    public void wish(TargetEvent event, Consumer<Targets.Decision> reply) {
        String id = "t" + requests++;
        waiting.put(id, reply);
        topics.acks()
                .append(
                        new TargetEvent(
                                event.project(),
                                event.target(),
                                event.kind(),
                                id,
                                event.targetKind(),
                                event.incarnation(),
                                event.filter(),
                                event.cursor(),
                                event.from(),
                                event.generation()),
                        ground.clock().nowMs());
    }

    /** A target as it is served; empty: there is none, or nothing is served now. */
    public Optional<Target> target(String name) {
        return materialize.serves() ? Optional.ofNullable(materialize.target(name)) : Optional.empty();
    }

    /** Whether an ack of that cursor would be taken now. */
    public boolean serves(Cursor cursor) {
        Head head = materialize.state().head;
        boolean isAhead = cursor.epoch().equals(head.epoch()) && cursor.seq().isAfter(head.seq());
        return materialize.serves() && !isAhead;
    }

    /** The owner wishes the project gone. */
    public void deleteProject() {
        topics.arrivals().append(new Arrival.Deletion(), ground.clock().nowMs());
    }

    public AdmitTask admit() {
        return admit;
    }

    public MaterializeTask materialize() {
        return materialize;
    }

    /** The gateway is in Materialize's process. */
    public void crashMaterialize() {
        materialize.crash();
        pushes.crash();
        waiting.clear();
    }

    public LogTopic log() {
        return topics.log();
    }

    /** What raw readers find in {@code tidemark.control}. */
    public CloudSeq publishedHorizon() {
        return materialize.publishedHorizon();
    }

    /** Compaction reaches what Materialize has not read only where that was down for hours. */
    public void compact() {
        long nowMs = ground.clock().nowMs();
        CloudSeq gone = topics.log().compact(nowMs, publishedHorizon(), materialize.uncommitted());
        if (!gone.isNone()) ground.tally().count("compacted");
        if (gone.isAfter(materialize.state().logPosition)) crashMaterialize();
    }

    /** Batches past the retention of their topic go. */
    public void retain() {
        topics.arrivals().dropBefore(ground.clock().nowMs() - Limits.MUTATIONS_MS);
    }

    public boolean isIdle() {
        return admit.isIdle() && materialize.isIdle();
    }
}
