package dev.tidemark.cli.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An open stream of server-sent events; closing it drops the connection wherever the server is. */
final class Sse implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;

    /** @param page a page of changes */
    record Event(String id, String kind, JsonNode page) {}

    private Sse(InputStream in) {
        this.in = in;
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** @param lastEventId where to resume; empty: not said */
    static Sse open(ProjectApi project, String query, String lastEventId) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/event-stream"));
        if (!lastEventId.isEmpty()) headers.put("Last-Event-ID", lastEventId);
        return new Sse(project.api().open(project.at("/changes?" + query), headers));
    }

    /** The next event; waits for it. */
    Event next() {
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty() || fields.isEmpty(); line = line()) {
            int colon = line.indexOf(": ");
            if (colon > 0) fields.put(line.substring(0, colon), line.substring(colon + 2));
        }
        if (fields.getOrDefault("event", "").equals("problem")) throw new AssertionError(fields.get("data"));
        return new Event(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("event", ""),
                Reply.json(fields.getOrDefault("data", "null")));
    }

    private String line() {
        try {
            String line = lines.readLine();
            if (line == null) throw new AssertionError("the server ended the stream");
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
