package dev.tidemark.topology;

import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;

/** Records of {@code tidemark.log} as Admit writes them. */
final class LogRecords {
    private LogRecords() {}

    static List<Record<byte[], byte[]>> of(Path stateDir, MutationBatch... batches) {
        try (AdmitDriver admit = new AdmitDriver(stateDir)) {
            for (MutationBatch batch : batches) admit.push(batch);
            return admit.written(TopicCatalogue.LOG).stream()
                    .map(each -> new Record<>(each.key(), each.value(), each.timestamp(), each.headers()))
                    .toList();
        }
    }
}
