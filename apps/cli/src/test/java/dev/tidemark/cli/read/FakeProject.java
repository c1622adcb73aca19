package dev.tidemark.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.cli.client.Json;
import dev.tidemark.model.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A project {@code p} of entities of type {@code e}, served as the contract says; its cursors are the seqs. */
final class FakeProject implements AutoCloseable {
    private final HttpServer http;
    private final List<Row> log = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> acks = new ArrayList<>();
    private String corruptedKey = "";
    private int expireAfterPages = -1;
    private boolean stuck;

    private record Row(long seq, String key, String payload) {}

    FakeProject() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        http.createContext("/v1/projects/p/changes", this::changes);
        http.createContext("/v1/projects/p/digest", this::digest);
        http.createContext("/v1/projects/p/entities/e", this::entities);
        http.createContext("/v1/projects/p/targets/t/ack", this::ack);
        http.start();
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** @param payload canonical; null deletes */
    FakeProject put(String key, String payload) {
        log.add(new Row(10L * (log.size() + 1), key, payload));
        return this;
    }

    /** What is served for this key is not what is in the digests. */
    FakeProject corrupting(String key) {
        corruptedKey = key;
        return this;
    }

    FakeProject expiringAfter(int pages) {
        expireAfterPages = pages;
        return this;
    }

    FakeProject stuck() {
        stuck = true;
        return this;
    }

    List<String> requests() {
        return requests;
    }

    List<String> acks() {
        return acks;
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void changes(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        if (expireAfterPages-- == 0) {
            send(exchange, 410, "{\"status\":410,\"code\":\"cursor_expired\",\"detail\":\"read again\"}");
            return;
        }
        long from = Long.parseLong(query.getOrDefault("cursor", "0"));
        int limit = Integer.parseInt(query.get("limit"));
        List<Row> latest = new ArrayList<>(latest().values());
        latest.removeIf(row -> row.seq() <= from);
        latest.sort((a, b) -> Long.compare(a.seq(), b.seq()));
        boolean more = latest.size() > limit;
        List<Row> page = latest.subList(0, Math.min(limit, latest.size()));
        long to = page.isEmpty() ? from : page.get(page.size() - 1).seq();
        String rows = page.stream().map(this::json).collect(Collectors.joining(","));
        send(
                exchange,
                200,
                "{\"changes\":[" + rows + "],\"cursor\":\"" + (stuck ? from : to) + "\",\"has_more\":" + (more || stuck)
                        + ",\"head\":" + head() + "}");
    }

    private void digest(HttpExchange exchange) throws IOException {
        String buckets = live().values().stream()
                .collect(Collectors.groupingBy(row -> Hashes.bucket(path(row)), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(bucket -> "{\"bucket\":" + bucket.getKey() + ",\"count\":"
                        + bucket.getValue().size() + ",\"digest\":\""
                        + sum(bucket.getValue()).hex() + "\"}")
                .collect(Collectors.joining(","));
        send(exchange, 200, head().replace("}", ",\"buckets\":[" + buckets + "]}"));
    }

    /** A page of keys in order, with the last of it as {@code next} if there are more. */
    private void entities(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        int limit = Integer.parseInt(query.get("limit"));
        List<Row> left = new ArrayList<>(new TreeMap<>(live()).values());
        left.removeIf(row -> row.key().compareTo(query.getOrDefault("after", "")) <= 0);
        List<Row> page = left.subList(0, Math.min(limit, left.size()));
        String rows = page.stream()
                .map(row -> "{\"entity_key\":\"" + row.key() + "\",\"hash\":\""
                        + Hashes.image(row.payload()).hex() + "\"}")
                .collect(Collectors.joining(","));
        String next = page.size() == left.size()
                ? ""
                : ",\"next\":\"" + page.get(page.size() - 1).key() + "\"";
        send(exchange, 200, "{\"entities\":[" + rows + "]" + next + "}");
    }

    private void ack(HttpExchange exchange) throws IOException {
        JsonNode body = Json.MAPPER.readTree(exchange.getRequestBody());
        acks.add(body.get("cursor").asText());
        send(exchange, 200, "{}");
    }

    private String json(Row row) {
        String start = "{\"seq\":" + row.seq() + ",\"version\":1,\"entity\":\"e\",\"entity_key\":\"" + row.key() + "\"";
        if (row.payload() == null) return start + ",\"op\":\"delete\"}";
        String payload = row.key().equals(corruptedKey) ? "{\"wrong\":1}" : row.payload();
        return start + ",\"op\":\"upsert\",\"payload\":" + payload + ",\"hash\":\""
                + Hashes.image(row.payload()).hex() + "\"}";
    }

    private String head() {
        return "{\"epoch\":\"x\",\"seq\":" + 10L * log.size() + ",\"ordinal\":" + log.size() + ",\"count\":"
                + live().size() + ",\"digest\":\"" + sum(live().values()).hex() + "\"}";
    }

    private static Digest sum(Iterable<Row> rows) {
        Digest sum = Digest.ZERO;
        for (Row row : rows) sum = sum.plus(Hashes.entry(path(row), Hashes.image(row.payload())));
        return sum;
    }

    private static String path(Row row) {
        return EntityPath.of("p", "e", row.key());
    }

    private Map<String, Row> latest() {
        Map<String, Row> latest = new HashMap<>();
        log.forEach(row -> latest.put(row.key(), row));
        return latest;
    }

    private Map<String, Row> live() {
        Map<String, Row> live = latest();
        live.values().removeIf(row -> row.payload() == null);
        return live;
    }

    private Map<String, String> query(HttpExchange exchange) {
        String text = exchange.getRequestURI().getRawQuery();
        requests.add(text);
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&"))
            query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        return query;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
