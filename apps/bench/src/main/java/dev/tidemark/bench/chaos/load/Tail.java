package dev.tidemark.bench.chaos.load;

import dev.tidemark.bench.chaos.evidence.LogRead.Logged;
import dev.tidemark.bench.chaos.evidence.Notes;
import java.util.Map;
import java.util.Objects;

/** Follows the raw log until it is told to stop and has come to its end. */
final class Tail implements Runnable {
    private final String bootstrap;
    private final Map<String, Notes> notes;
    private final Stop stop;

    /** @param notes by project */
    Tail(String bootstrap, Map<String, Notes> notes, Stop stop) {
        this.bootstrap = bootstrap;
        this.notes = Map.copyOf(notes);
        this.stop = stop;
    }

    @Override
    public void run() {
        try (LogReader reader = new LogReader(bootstrap)) {
            while (!stop.isAsked() || !reader.isAtEnd()) for (Logged each : reader.poll()) note(each);
        }
    }

    private void note(Logged each) {
        Objects.requireNonNull(notes.get(each.change().id().project())).add(each);
    }
}
