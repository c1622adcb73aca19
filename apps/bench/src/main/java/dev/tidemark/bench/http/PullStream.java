package dev.tidemark.bench.http;

import dev.tidemark.bench.measure.Progress;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads all changes of a project as NDJSON over one connection, and counts them by what each begins with. */
public final class PullStream {
    private static final byte[] CHANGE = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_BYTES = 256 << 10;

    private final Progress progress = new Progress();
    private long bytes;
    private int matched;

    PullStream() {}

    /** @param limit changes of a page */
    public static PullStream all(String url, String project, int limit) {
        PullStream stream = new PullStream();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/v1/projects/" + project + "/changes?full=true&limit=" + limit))
                .header("Accept", "application/x-ndjson")
                .build();
        try {
            stream.progress.at(System.nanoTime(), 0);
            HttpResponse<InputStream> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) throw new CommandFailure("a pull is answered " + answer.statusCode());
            stream.read(answer.body());
            return stream;
        } catch (IOException e) {
            throw new CommandFailure("the pull broke: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    /** Changes by when they were here. */
    public Progress progress() {
        return progress;
    }

    public long bytes() {
        return bytes;
    }

    private void read(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long changes = 0;
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                changes += changesIn(buffer, count);
                bytes += count;
                progress.at(System.nanoTime(), changes);
            }
        }
    }

    /** One may begin at the end of a buffer and go on in the next. */
    int changesIn(byte[] buffer, int count) {
        int found = 0;
        for (int at = 0; at < count; at++) {
            if (buffer[at] != CHANGE[matched]) matched = buffer[at] == CHANGE[0] ? 1 : 0;
            else if (++matched == CHANGE.length) {
                matched = 0;
                found++;
            }
        }
        return found;
    }
}
