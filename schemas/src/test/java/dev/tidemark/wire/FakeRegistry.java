package dev.tidemark.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry that keeps what it is given, from id 100 on, and can be told to answer something else. */
final class FakeRegistry implements AutoCloseable {
    record Canned(int status, String body) {}

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final Queue<Canned> canned = new ArrayDeque<>();
    private final Map<String, Integer> idByText = new ConcurrentHashMap<>();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;

    FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api", this::handle);
        server.setExecutor(Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "fake-registry");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    RegistryAddress address() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
        return new RegistryAddress(url, null, Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath().substring("/api".length());
        requests.add(request);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] body = exchange.getRequestBody().readAllBytes();
        Canned next = canned.poll();
        answer(exchange, next == null ? decide(request, body) : next);
    }

    private Canned decide(String request, byte[] body) throws IOException {
        if (request.startsWith("GET /schemas/ids/"))
            return byId(Integer.parseInt(request.substring("GET /schemas/ids/".length())));
        String text = json.readTree(body).path("schema").asText();
        if (request.endsWith("/versions")) return ok(idByText.computeIfAbsent(text, t -> 100 + idByText.size()));
        Integer id = idByText.get(text);
        return id == null ? notFound() : ok(id);
    }

    private Canned byId(int id) {
        return idByText.entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .findFirst()
                .map(entry -> new Canned(
                        200,
                        json.createObjectNode().put("schema", entry.getKey()).toString()))
                .orElseGet(FakeRegistry::notFound);
    }

    private static Canned ok(int id) {
        return new Canned(200, "{\"id\":" + id + "}");
    }

    static Canned notFound() {
        return new Canned(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    }

    private static void answer(HttpExchange exchange, Canned answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
