package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.testkit.LogRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that was ever committed, as only a watcher knows it: no compaction, no loss. */
public final class CommittedLog {
    private final List<LogRecord> records = new ArrayList<>();
    private final Map<EntityId, String> images = new HashMap<>();
    private final Map<Origin, Outcome> outcomes = new HashMap<>();
    private final Map<Origin, Mutation> arrived = new HashMap<>();
    private Epoch epoch;

    CommittedLog(Epoch first) {
        epoch = first;
    }

    /** Every record there ever was; the one of ordinal n is at n - 1. */
    public List<LogRecord> records() {
        return Collections.unmodifiableList(records);
    }

    /** Canonical images of the live entities at the head. */
    public Map<EntityId, String> images() {
        return Collections.unmodifiableMap(images);
    }

    public CloudSeq headSeq() {
        return records.isEmpty()
                ? CloudSeq.NONE
                : records.get(records.size() - 1).seq();
    }

    public Digest digest() {
        return records.isEmpty()
                ? Digest.ZERO
                : records.get(records.size() - 1).change().meta().digest();
    }

    /** Of the project's present generation. */
    public Epoch epoch() {
        return epoch;
    }

    /** The first outcome of an origin in the last epoch that decided it. */
    public Optional<Outcome> outcome(Origin origin) {
        return Optional.ofNullable(outcomes.get(origin));
    }

    /** The mutation that was decided under that origin; where none was, the first that came. */
    Optional<Mutation> arrived(Origin origin) {
        return Optional.ofNullable(arrived.get(origin));
    }

    void arrive(Origin origin, Mutation mutation) {
        arrived.putIfAbsent(origin, mutation);
    }

    void take(Origin origin, Mutation mutation) {
        arrived.put(origin, mutation);
    }

    void add(LogRecord record) {
        records.add(record);
        String image = record.image();
        if (image == null) images.remove(record.id());
        else images.put(record.id(), image);
    }

    void decide(Origin origin, Outcome first) {
        outcomes.put(origin, first);
    }

    void enter(Epoch next) {
        epoch = next;
    }
}
