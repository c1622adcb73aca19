package dev.tidemark.topology.repair;

import dev.tidemark.model.ControlState;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.processor.DecidedProject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Says of projects in {@code tidemark.control} what holds now; a state of before on another partition goes. */
final class ControlRows {
    private final RepairSite site;
    private final RowProducer producer;
    private final ClusterIdentity identity;

    ControlRows(RepairSite site, RowProducer producer, ClusterIdentity identity) {
        this.site = site;
        this.producer = producer;
        this.identity = identity;
    }

    void write(List<DecidedProject> projects) {
        for (DecidedProject project : projects) {
            ControlState state = project.state(null);
            byte[] key = state.key().getBytes(StandardCharsets.UTF_8);
            int right = Partitions.of(project.project(), identity.partitions());
            for (int p = 0; p < identity.partitions(); p++)
                if (p != right) producer.send(new ProducerRecord<>(TopicCatalogue.CONTROL, p, key, null));
            producer.send(new ProducerRecord<>(
                    TopicCatalogue.CONTROL, right, key, site.codec().encodeState(state)));
        }
    }
}
