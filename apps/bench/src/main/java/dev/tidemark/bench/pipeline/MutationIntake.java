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

/** Chunks of edits as batches on {@code tidemark.mutations}, as a producer that knows Kafka writes them; heads over HTTP. */
public final class MutationIntake implements Intake {
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());
    private final Batches batches;
    private final Sender sender;
    private final Heads heads;

    /** @param url of the gateway, without a slash at its end */
    public MutationIntake(String bootstrap, String url, List<String> projects) {
        this.batches = new Batches(projects);
        this.sender = new Sender(bootstrap);
        this.heads = new Heads(url, projects);
    }

    @Override
    public void supply(List<Edit> chunk) {
        MutationBatch batch = batches.of(chunk);
        byte[] key = batch.replica().project().getBytes(StandardCharsets.UTF_8);
        sender.send(new ProducerRecord<>(TopicCatalogue.MUTATIONS, key, codec.encodeBatch(batch)));
    }

    @Override
    public void supplied() {
        sender.flush();
    }

    /** No chunk names an entity twice, and no edit changes nothing: each is one record. */
    @Override
    public long done() {
        return heads.records();
    }

    @Override
    public void close() {
        sender.close();
    }
}
