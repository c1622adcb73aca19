package dev.tidemark.cli.push;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the mutations so far. Read by the progress and by an interrupt while the push goes on. */
public final class PushTally {
    static final int TROUBLES_MAX = 20;

    /** A mutation that did not take effect, and where it stands. */
    record Trouble(MutationLine line, PushResult result) {}

    private final Map<OutcomeWord, Long> counts = new EnumMap<>(OutcomeWord.class);
    private final List<Trouble> troubles = new ArrayList<>();
    private long decided;
    private long lastLine;
    private long requests;
    private long retries;

    synchronized void add(PushBatch batch, List<PushResult> results) {
        requests++;
        for (int i = 0; i < results.size(); i++) add(batch.lines().get(i), results.get(i));
    }

    synchronized void retried() {
        retries++;
    }

    private void add(MutationLine line, PushResult result) {
        counts.merge(result.outcome(), 1L, Long::sum);
        decided++;
        lastLine = line.number();
        if (result.outcome().isTrouble() && troubles.size() < TROUBLES_MAX) troubles.add(new Trouble(line, result));
    }

    synchronized long count(OutcomeWord outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** Mutations that have an outcome. */
    public synchronized long decided() {
        return decided;
    }

    /** Line of the last decided mutation; 0 before the first. */
    public synchronized long lastLine() {
        return lastLine;
    }

    synchronized long requests() {
        return requests;
    }

    synchronized long retries() {
        return retries;
    }

    /** The first few. */
    synchronized List<Trouble> troubles() {
        return Collections.unmodifiableList(new ArrayList<>(troubles));
    }

    public synchronized long troubleCount() {
        return count(OutcomeWord.REJECTED) + count(OutcomeWord.CONFLICT);
    }
}
