package dev.tidemark.topology.repair;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which records are in the log of a partition, by project and ordinal; two numbers of each are kept in memory. */
final class LogSeqs {
    private final Map<String, Map<Long, Long>> byProject = new HashMap<>();
    private final Map<String, Last> last = new HashMap<>();
    private long records;

    /** The last record of a project. */
    record Last(Epoch epoch, Ordinal ordinal) {}

    void take(LogReader.Logged logged) {
        String project = logged.change().id().project();
        Ordinal ordinal = logged.change().meta().ordinal();
        byProject
                .computeIfAbsent(project, each -> new HashMap<>())
                .put(ordinal.value(), logged.seq().value());
        last.put(project, new Last(logged.change().meta().epoch(), ordinal));
        records++;
    }

    CloudSeq seqOf(String project, Ordinal ordinal) {
        Long seq = byProject.getOrDefault(project, Map.of()).get(ordinal.value());
        return seq == null ? CloudSeq.NONE : new CloudSeq(seq);
    }

    /** Null: it has none. */
    @Nullable
    Last last(String project) {
        return last.get(project);
    }

    long records() {
        return records;
    }
}
