package dev.tidemark.bench.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Where readers are. */
public final class Cursors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Cursors() {}

    /** The cursor behind the first changes of a project. */
    public static String after(String url, String project, int changes) {
        URI uri = URI.create(url + "/v1/projects/" + project + "/changes?full=true&limit=" + changes);
        try {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) throw new CommandFailure("a pull is answered " + answer.statusCode());
            return JSON.readTree(answer.body()).path("cursor").asText();
        } catch (IOException e) {
            throw new CommandFailure("the pull broke: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
