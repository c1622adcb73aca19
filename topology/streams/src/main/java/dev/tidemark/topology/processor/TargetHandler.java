package dev.tidemark.topology.processor;

import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Head;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.store.MaterializeStores;
import dev.tidemark.wire.UndecodableException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Acks, resets, creations and deletions of targets: everything that moves a stored cursor but the replica's own records. */
final class TargetHandler {
    private final MaterializeEnvironment environment;

    private final ProcessorContext<byte[], byte[]> context;
    private final MaterializeStores stores;
    private final Answers answers;
    private final DeadLetters deadLetters;

    TargetHandler(
            MaterializeEnvironment environment,
            ProcessorContext<byte[], byte[]> context,
            MaterializeStores stores,
            Answers answers) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.answers = answers;
        this.deadLetters = new DeadLetters(context, Names.DEAD_LETTERS_SINK, environment.messageBytesMax());
    }

    void handle(Record<byte[], byte[]> record) {
        TargetEvent event;
        try {
            event = environment.codec().decodeTargetEvent(record.value());
        } catch (UndecodableException e) {
            bury(record, e.reasonCode());
            return;
        }
        if (Partitions.of(event.project(), environment.identity().partitions())
                != context.taskId().partition()) bury(record, "misplaced");
        else decide(event, record.timestamp());
    }

    private void decide(TargetEvent event, long nowMs) {
        Head known = stores.head(event.project());
        Head head = known == null ? Head.empty(environment.identity().epoch(0)) : known;
        Target before = stores.target(event.project(), event.target());
        String pushedAs = stores.lastIncarnation(event.project(), event.target());
        Targets.Decision decision = Targets.decide(event, before, head, pushedAs, nowMs);
        if (decision instanceof Targets.Decision.Stored stored) {
            Target after = answers.extended(stored.target());
            answers.store(after, before);
            decision = new Targets.Decision.Stored(after);
        } else if (before != null && decision instanceof Targets.Decision.Removed) {
            answers.delete(before);
        }
        String requestId = event.requestId();
        if (requestId != null) tell(requestId, decision);
    }

    /** A refusal is told when it is committed too: it may hang on what is not committed yet. */
    private void tell(String requestId, Targets.Decision decision) {
        environment
                .pending()
                .whenCommitted(
                        context.taskId().partition(),
                        () -> environment.listener().onTargetDecided(requestId, decision));
        context.commit();
    }

    private void bury(Record<byte[], byte[]> record, String reason) {
        deadLetters.add(record, reason);
        environment
                .listener()
                .onDeadLetter(context.recordMetadata().orElseThrow().topic(), reason);
    }
}
