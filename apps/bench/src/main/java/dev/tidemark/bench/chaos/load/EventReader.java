package dev.tidemark.bench.chaos.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Follows server-sent events into a copy; opens the stream again from its cursor whenever it breaks. Ends when stopped. */
final class EventReader implements Runnable {
    private static final String END = "";
    private static final int LIMIT = 20;
    private static final long PAUSE_NS = Duration.ofMillis(100).toNanos();

    private final Project project;
    private final String name;
    private final Stop stop;
    private final Copy copy;

    EventReader(Project project, String name, Stop stop) {
        this.project = project;
        this.name = name;
        this.stop = stop;
        this.copy = new Copy(project.notes().project());
    }

    @Override
    public void run() {
        while (!stop.isAsked()) {
            String from = copy.token() == null ? "full=true" : "cursor=" + copy.token();
            Optional<InputStream> events =
                    project.gateways().events(project.at("/changes?limit=" + LIMIT + "&" + from));
            events.ifPresent(this::read);
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void read(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, String> event = new HashMap<>();
            for (String line = lines.readLine(); line != null && !stop.isAsked(); line = lines.readLine()) {
                int colon = line.indexOf(": ");
                if (colon > 0) event.put(line.substring(0, colon), line.substring(colon + 2));
                if (!line.equals(END)) continue;
                if (event.containsKey("id")) taken(event);
                event.clear();
            }
        } catch (IOException e) {
            // its server died: again, from the cursor
        }
    }

    /** Heartbeats are pages without changes. */
    private void taken(Map<String, String> event) {
        String page = event.get("data");
        if (page == null || !page.contains("\"cursor\"")) return;
        project.notes().add(copy.apply(name, Project.parsed(page)));
    }
}
