package dev.tidemark.cli.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.cli.client.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes pushes as the contract says, remembers every origin, and breaks on demand. One fault per request, in the order they
 * were asked for; then it behaves.
 */
final class FakeServer implements AutoCloseable {
    /** Answers one request; returns whether the request is dealt with. */
    interface Fault {
        void meet(HttpExchange exchange, List<String> results) throws IOException;
    }

    private final HttpServer http;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Map<String, String> bodiesByOrigin = new LinkedHashMap<>();
    private final List<List<String>> requests = new ArrayList<>();
    private int largestRequest = Integer.MAX_VALUE;

    FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        http.createContext("/v1/projects/p/mutations", this::push);
        http.start();
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Breaks the connection before anything took effect. */
    FakeServer dropsBefore() {
        return with((exchange, results) -> {
            forget(results);
            exchange.close();
        });
    }

    /** Breaks the connection when everything took effect and nothing was answered. */
    FakeServer dropsAfter() {
        return with((exchange, results) -> exchange.close());
    }

    FakeServer answers(int status, String retryAfter) {
        return with((exchange, results) -> {
            forget(results);
            if (retryAfter != null) exchange.getResponseHeaders().add("Retry-After", retryAfter);
            String problem = "{\"status\":" + status + ",\"code\":\"busy\",\"detail\":\"come back later\"}";
            send(exchange, status, "application/problem+json", problem);
        });
    }

    /** Everything took effect, but the answer lacks its end, without a sign of it. */
    FakeServer losesTheLastResults(int count) {
        return with((exchange, results) ->
                send(exchange, 200, "application/x-ndjson", joined(results.subList(0, results.size() - count))));
    }

    /** Everything took effect, but the answer breaks off in the middle. */
    FakeServer truncates() {
        return with((exchange, results) -> {
            byte[] body = joined(results).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        });
    }

    /** Answers for another replica's mutations. */
    FakeServer shiftsLocalSeqs() {
        return with((exchange, results) -> send(
                exchange, 200, "application/x-ndjson", joined(results).replace("\"local_seq\":", "\"local_seq\":9")));
    }

    /** Finds a line of the request wrong, and decides what comes before it. */
    FakeServer refusesLine(int line) {
        return with((exchange, results) -> {
            forget(results.subList(line - 1, results.size()));
            String problem = "{\"problem\":{\"status\":400,\"code\":\"invalid_request\",\"detail\":\"line " + line
                    + ": /op unknown\",\"errors\":[{\"pointer\":\"line " + line + "/op\",\"detail\":\"unknown\"}]}}";
            send(exchange, 200, "application/x-ndjson", joined(results.subList(0, line - 1)) + problem);
        });
    }

    /** Decides some and then has to stop. */
    FakeServer stopsAfter(int count) {
        return with((exchange, results) -> {
            forget(results.subList(count, results.size()));
            String problem = "{\"problem\":{\"status\":503,\"code\":\"moving\",\"detail\":\"the owner is moving\"}}\n";
            send(exchange, 200, "application/x-ndjson", joined(results.subList(0, count)) + problem);
        });
    }

    FakeServer takesAtMost(int mutations) {
        largestRequest = mutations;
        return this;
    }

    /** Every body that took effect, in order; each once. */
    synchronized List<String> applied() {
        return new ArrayList<>(bodiesByOrigin.values());
    }

    /** The lines of every request, in order, broken ones included. */
    synchronized List<List<String>> requests() {
        return new ArrayList<>(requests);
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private FakeServer with(Fault fault) {
        faults.add(fault);
        return this;
    }

    private synchronized void push(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = body.lines().toList();
        requests.add(lines);
        if (lines.size() > largestRequest) {
            send(exchange, 413, "application/problem+json", "{\"status\":413,\"code\":\"too_large\",\"detail\":\"\"}");
            return;
        }
        List<String> results = new ArrayList<>();
        for (String line : lines) results.add(decide(line));
        Fault fault = faults.poll();
        if (fault != null) fault.meet(exchange, results);
        else send(exchange, 200, "application/x-ndjson", joined(results));
    }

    private String decide(String line) throws IOException {
        JsonNode mutation = Json.MAPPER.readTree(line);
        String origin = mutation.get("replica").asText() + "/"
                + mutation.get("local_seq").asLong();
        ObjectNode result = Json.MAPPER
                .createObjectNode()
                .put("local_seq", mutation.get("local_seq").asLong());
        if (mutation.get("entity_key").asText().startsWith("bad"))
            return result.put("outcome", "rejected")
                    .put("reason", "type_mismatch")
                    .put("detail", "no set")
                    .toString();
        String known = bodiesByOrigin.putIfAbsent(origin, line);
        if (known != null && !known.equals(line))
            return result.put("outcome", "conflict")
                    .put("reason", "origin_reused")
                    .toString();
        return result.put("outcome", known == null ? "accepted" : "duplicate")
                .put("seq", 7)
                .toString();
    }

    private void forget(List<String> results) throws IOException {
        List<String> lines = requests.get(requests.size() - 1);
        int first = lines.size() - results.size();
        for (int i = 0; i < results.size(); i++) {
            if (!results.get(i).contains("accepted")) continue;
            JsonNode mutation = Json.MAPPER.readTree(lines.get(first + i));
            bodiesByOrigin.remove(mutation.get("replica").asText() + "/"
                    + mutation.get("local_seq").asLong());
        }
    }

    private static String joined(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) text.append(line).append('\n');
        return text.toString();
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
