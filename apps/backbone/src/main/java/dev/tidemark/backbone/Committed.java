package dev.tidemark.backbone;

import dev.tidemark.algebra.Targets;
import dev.tidemark.backbone.gateway.Signals;
import dev.tidemark.backbone.metrics.Metrics;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.BatchAnswer;
import dev.tidemark.topology.MaterializeListener;
import dev.tidemark.topology.query.NotServed;
import dev.tidemark.topology.query.ServedPartitions;
import java.util.function.Predicate;

/** Brings what Materialize has read to those who wait for it in this process; their own work runs on other threads. */
final class Committed implements MaterializeListener {
    private final Waiting<BatchAnswer> batches;
    private final Waiting<Targets.Decision> targets;
    private final ServedPartitions served;
    private final Signals signals;
    private final Metrics metrics;
    private final int partitions;

    Committed(
            Waiting<BatchAnswer> batches,
            Waiting<Targets.Decision> targets,
            ServedPartitions served,
            Signals signals,
            Metrics metrics,
            int recordedPartitions) {
        this.batches = batches;
        this.targets = targets;
        this.served = served;
        this.signals = signals;
        this.metrics = metrics;
        this.partitions = recordedPartitions;
    }

    @Override
    public void onRecord(LoggedRecord record, Head head, long committedMs) {
        metrics.onRecord(committedMs);
        signals.advanced(record.id().project());
    }

    @Override
    public void onAnswer(BatchAnswer answer) {
        metrics.onAnswer(answer);
        String requestId = answer.requestId();
        if (requestId != null) batches.answer(requestId, answer);
    }

    @Override
    public void onTargetDecided(String requestId, Targets.Decision decision) {
        targets.answer(requestId, decision);
    }

    @Override
    public void onTaken(int partition) {
        served.taken(partition);
    }

    @Override
    public void onCaughtUp(int partition) {
        served.caughtUp(partition);
    }

    @Override
    public void onLeft(int partition) {
        served.left(partition);
        Predicate<String> projects = project -> Partitions.of(project, partitions) == partition;
        NotServed moving = new NotServed("partition " + partition + " is moving");
        batches.failAll(projects, moving);
        targets.failAll(projects, moving);
    }

    @Override
    public void onDeadLetter(String topic, String reason) {
        metrics.onDeadLetter(topic, reason);
    }
}
