package dev.tidemark.cli.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Asks a port of this machine whether a worker of that Kafka answers there, and can be used. */
final class WorkerProbe {
    private static final int ANSWER_MAX_MS = 1_000;
    private static final int OK = 200;

    private final URI server;

    WorkerProbe(int port) {
        this.server = URI.create("http://" + EmbeddedBroker.HOST + ":" + port + "/");
    }

    /** @param clusterId of the Kafka that the worker belongs to: no two directories have the same */
    boolean isAnsweredBy(String clusterId) {
        try {
            return clusterId.equals(answer("").path("kafka_cluster_id").asText())
                    && answer("health").path("status").asText().equals("healthy");
        } catch (IOException notYet) {
            return false;
        }
    }

    private JsonNode answer(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(ANSWER_MAX_MS);
        connection.setReadTimeout(ANSWER_MAX_MS);
        if (connection.getResponseCode() != OK) throw new IOException("answered " + connection.getResponseCode());
        try (InputStream body = connection.getInputStream()) {
            return Json.MAPPER.readTree(body);
        }
    }
}
