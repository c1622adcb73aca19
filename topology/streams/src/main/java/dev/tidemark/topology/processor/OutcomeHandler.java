package dev.tidemark.topology.processor;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Head;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.store.MaterializeStores;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Answers outcomes once every record they speak of has been read; until then they are parked. */
final class OutcomeHandler {
    private final MaterializeEnvironment environment;
    private final ProcessorContext<byte[], byte[]> context;
    private final MaterializeStores stores;
    private final Answers answers;

    OutcomeHandler(
            MaterializeEnvironment environment,
            ProcessorContext<byte[], byte[]> context,
            MaterializeStores stores,
            Answers answers) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.answers = answers;
    }

    void handle(Record<byte[], byte[]> record) {
        BatchOutcome outcome = environment.codec().decodeOutcome(record.value());
        String project = outcome.replica().project();
        Head known = stores.head(project);
        Head head = known == null ? Head.empty(outcome.epoch()) : known;
        if (outcome.headOrdinal().isAfter(head.ordinal())) {
            long offset = context.recordMetadata().orElseThrow().offset();
            stores.park(project, outcome.headOrdinal(), offset, record.value());
        } else {
            answers.answer(outcome, head, record.timestamp());
        }
    }
}
