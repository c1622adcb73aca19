package dev.tidemark.topology.repair;

import dev.tidemark.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where Admit goes on. A position that is there and lies within its topic stays. Mutations may be read again, since their origins
 * are known; a deletion of a project must not be decided again, so without a position commands begin at their end.
 */
final class AdmitPositions {
    private final Map<TopicPartition, Long> moved = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Integer> readAgain = new HashSet<>();
    private boolean skipsCommands;

    private AdmitPositions() {}

    static AdmitPositions of(GroupOffsets offsets, int partitions) throws RepairRefused {
        AdmitPositions positions = new AdmitPositions();
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.committed();
        Map<TopicPartition, Long> first = offsets.offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets.offsets(partitions, OffsetSpec.latest());
        for (TopicPartition at : offsets.inputs(partitions)) {
            OffsetAndMetadata stood = committed.get(at);
            long begin = first.getOrDefault(at, 0L);
            if (stood == null) positions.lost(at, begin, end.getOrDefault(at, 0L));
            else if (stood.offset() < begin) positions.outlived(at, stood.offset(), begin);
            else if (stood.offset() > end.getOrDefault(at, 0L)) positions.moved.put(at, begin);
        }
        return positions;
    }

    /** Where partitions were added: they are read from their beginning, all others from where they were. */
    static AdmitPositions ofMore(GroupOffsets offsets, int partitions) throws RepairRefused {
        AdmitPositions positions = new AdmitPositions();
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.committed();
        offsets.offsets(partitions, OffsetSpec.earliest()).forEach((at, first) -> {
            if (!committed.containsKey(at)) positions.moved.put(at, first);
        });
        return positions;
    }

    private void lost(TopicPartition at, long begin, long end) {
        boolean mutations = at.topic().equals(TopicCatalogue.MUTATIONS);
        moved.put(at, mutations ? begin : end);
        if (mutations) readAgain.add(at.partition());
        skipsCommands |= !mutations;
    }

    private void outlived(TopicPartition at, long stood, long begin) {
        moved.put(at, begin);
        notes.add("up to " + (begin - stood) + " records of " + at + " (" + stood + " to " + (begin - 1)
                + ") were deleted before Admit decided them; their producers have no outcome and send them again");
    }

    Map<TopicPartition, Long> moved() {
        return moved;
    }

    List<String> notes() {
        return notes;
    }

    /** Whether mutations of that partition that were decided before are read again. */
    boolean readsAgain(int partition) {
        return readAgain.contains(partition);
    }

    /** Whether commands that nobody decided may be passed over: a deletion would not go on by itself. */
    boolean skipsCommands() {
        return skipsCommands;
    }
}
