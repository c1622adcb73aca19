package dev.tidemark.topology.repair;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.Head;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/** Heads that both applications kept, where their changelogs are still there: what the log must lead to. */
final class KnownHeads {
    private final Map<String, List<ProjectRebuild.KnownHead>> byProject = new HashMap<>();

    private KnownHeads() {}

    static KnownHeads read(RepairSite site, CommittedReader reader, int partitions) throws RepairRefused {
        KnownHeads known = new KnownHeads();
        for (int p = 0; p < partitions; p++) {
            rows(site, reader, Names.changelog(Names.MATERIALIZE_APP, Names.HEADS_BY_PROJECT), p)
                    .forEach((project, row) -> known.add(project, materialized(MaterializeRows.head(row))));
            rows(site, reader, Names.changelog(Names.ADMIT_APP, Names.HEADS), p)
                    .forEach((project, row) -> known.add(project, admitted(AdmitRows.head(row))));
        }
        return known;
    }

    List<ProjectRebuild.KnownHead> of(String project) {
        return byProject.getOrDefault(project, List.of());
    }

    /** Of a store of heads those rows that are heads; keys of anything else have a zero byte. */
    static Map<String, byte[]> rows(RepairSite site, CommittedReader reader, String changelog, int partition)
            throws RepairRefused {
        Map<String, byte[]> heads = new HashMap<>();
        reader.rowsIfThere(site, changelog, partition).forEach((key, row) -> {
            if (!hasZero(key)) heads.put(Keys.suffix(key, 0), row);
        });
        return heads;
    }

    private void add(String project, ProjectRebuild.KnownHead head) {
        byProject.computeIfAbsent(project, each -> new ArrayList<>()).add(head);
    }

    private static ProjectRebuild.KnownHead materialized(Head head) {
        return new ProjectRebuild.KnownHead(head.ordinal(), new BucketState(head.digest(), head.count()), -1);
    }

    private static ProjectRebuild.KnownHead admitted(ProjectHead head) {
        return new ProjectRebuild.KnownHead(head.ordinal(), head.total(), head.versionFloor());
    }

    private static boolean hasZero(Bytes key) {
        for (byte each : key.get()) if (each == 0) return true;
        return false;
    }
}
