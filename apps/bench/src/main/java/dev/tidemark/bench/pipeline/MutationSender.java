package dev.tidemark.bench.pipeline;

import dev.tidemark.bench.workload.Batches;
import dev.tidemark.bench.workload.Edit;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Chunks of edits as batches on {@code tidemark.mutations}, as a producer that knows Kafka writes them. */
public final class MutationSender implements AutoCloseable {
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());
    private final Batches batches;
    private final Sender sender;

    public MutationSender(String bootstrap, List<String> projects) {
        this.batches = new Batches(projects);
        this.sender = new Sender(bootstrap);
    }

    public void send(List<Edit> chunk) {
        MutationBatch batch = batches.of(chunk);
        byte[] key = batch.replica().project().getBytes(StandardCharsets.UTF_8);
        sender.send(new ProducerRecord<>(TopicCatalogue.MUTATIONS, key, codec.encodeBatch(batch)));
    }

    public void flush() {
        sender.flush();
    }

    @Override
    public void close() {
        sender.close();
    }
}
