package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Target;
import dev.tidemark.testkit.ChangeIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Materialize's stores and positions: what a commit keeps and a crash goes back to. */
final class MaterializeState {
    /** A record of the mapping and when it was committed. */
    record Row(LoggedRecord record, long timeMs) {}

    /** The mapping is kept by epoch. */
    record Mapped(Epoch epoch, Origin origin) {}

    Head head;
    final ChangeIndex index;
    final NavigableMap<Ordinal, Row> records = new TreeMap<>();
    final Map<Mapped, MappedOrigin> outcomes = new HashMap<>();
    final List<BatchOutcome> parked = new ArrayList<>();
    final Map<String, Target> targets = new TreeMap<>();
    final Map<String, String> lastIncarnations = new HashMap<>();
    /** Deletes that were purged: for the watch. */
    final NavigableSet<CloudSeq> purged = new TreeSet<>();
    /** When deletes were committed. */
    final NavigableMap<CloudSeq, Long> deletes = new TreeMap<>();

    CloudSeq logPosition = CloudSeq.NONE;
    int outcomesPosition;
    int acksPosition;

    MaterializeState(Epoch first) {
        head = Head.empty(first);
        index = new ChangeIndex();
    }

    private MaterializeState(MaterializeState other) {
        head = other.head;
        index = new ChangeIndex(other.index);
        records.putAll(other.records);
        outcomes.putAll(other.outcomes);
        parked.addAll(other.parked);
        targets.putAll(other.targets);
        lastIncarnations.putAll(other.lastIncarnations);
        purged.addAll(other.purged);
        deletes.putAll(other.deletes);
        logPosition = other.logPosition;
        outcomesPosition = other.outcomesPosition;
        acksPosition = other.acksPosition;
    }

    MaterializeState copy() {
        return new MaterializeState(this);
    }

    /** Null where it is not known. */
    @Nullable
    LoggedRecord record(Ordinal ordinal) {
        Row row = records.get(ordinal);
        return row == null ? null : row.record;
    }
}
