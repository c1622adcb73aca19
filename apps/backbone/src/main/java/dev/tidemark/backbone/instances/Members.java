package dev.tidemark.backbone.instances;

import dev.tidemark.topic.TopicCatalogue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** What the group of one application says of its members. */
record Members(String application, ConsumerGroupDescription group) {
    private static final int UUID_CHARS = 36;

    /**
     * Partitions of the log that an instance may show; empty: it is no member. While the group is about to share anew nobody can
     * have taken anything from a member, so that it keeps what it has.
     */
    Optional<Set<Integer>> partitionsOf(String instanceId, int partitions) {
        Set<Integer> assigned = new HashSet<>();
        boolean isMember = false;
        for (MemberDescription member : group.members()) {
            if (!member.groupInstanceId().orElse("").startsWith(instanceId)) continue;
            isMember = true;
            for (TopicPartition partition : member.assignment().topicPartitions())
                if (partition.topic().equals(TopicCatalogue.LOG)) assigned.add(partition.partition());
        }
        if (!isMember) return Optional.empty();
        if (group.groupState() == GroupState.STABLE) return Optional.of(assigned);
        return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
    }

    /** Ids of the processes that are members, as Kafka Streams makes client ids of them. */
    Set<String> processes() {
        return group.members().stream()
                .map(MemberDescription::clientId)
                .map(this::process)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** The process in a client id or a transactional id of the application: {@code application-process-…}. */
    Optional<String> process(String id) {
        String prefix = application + "-";
        if (!id.startsWith(prefix) || id.length() < prefix.length() + UUID_CHARS) return Optional.empty();
        return Optional.of(id.substring(prefix.length(), prefix.length() + UUID_CHARS));
    }
}
