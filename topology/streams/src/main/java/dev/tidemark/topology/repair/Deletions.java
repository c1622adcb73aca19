package dev.tidemark.topology.repair;

import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.processor.DecidedProject;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Projects that are being deleted: the command that would have gone on with it may lie where Admit does not read any more. */
final class Deletions {
    private Deletions() {}

    /** Begins their last step again; a second one at the same time does no harm. */
    static void goOn(RepairSite site, ControlSnapshot control, ClusterIdentity identity, RowProducer producer) {
        for (DecidedProject project : control.projects()) {
            if (project.life() != ProjectHead.Life.DELETING) continue;
            ControlCommand step =
                    new ControlCommand(project.project(), ControlCommand.PROJECT_DELETE_STEP, "", null, "{}");
            producer.send(new ProducerRecord<>(
                    TopicCatalogue.COMMANDS,
                    Partitions.of(project.project(), identity.partitions()),
                    project.project().getBytes(StandardCharsets.UTF_8),
                    site.codec().encodeCommand(step)));
        }
    }
}
