package dev.tidemark.bench.workload;

import dev.tidemark.topic.Partitions;
import java.util.ArrayList;
import java.util.List;

/** Names of projects that fall on partitions in turn, so that no partition has two before each has one. */
public final class ProjectNames {
    private ProjectNames() {}

    public static List<String> spread(int count, int partitions) {
        List<String> names = new ArrayList<>();
        for (int candidate = 0; names.size() < count; candidate++) {
            String name = "bench-" + candidate;
            if (Partitions.of(name, partitions) == names.size() % partitions) names.add(name);
        }
        return names;
    }
}
