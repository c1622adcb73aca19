package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.testkit.ReferenceModel;

/** What the broker keeps of the project. */
record Topics(
        ReferenceModel.Settings settings,
        Topic<Arrival> arrivals,
        LogTopic log,
        Topic<BatchOutcome> outcomes,
        Topic<TargetEvent> acks) {
    static Topics of(ReferenceModel.Settings settings) {
        return new Topics(settings, new Topic<>(), new LogTopic(), new Topic<>(), new Topic<>());
    }
}
