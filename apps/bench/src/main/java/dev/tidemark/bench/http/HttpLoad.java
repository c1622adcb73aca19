package dev.tidemark.bench.http;

import dev.tidemark.bench.drive.Pace;
import dev.tidemark.bench.measure.Latencies;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over a number of connections at a pace, or as fast as they are answered. Every answer must be a success that has
 * what is expected; the first that is not ends the run.
 */
public final class HttpLoad {
    /** Finer than a selector can wait. */
    private static final long NAP_NS = 100_000;

    private static final long NAPS_BELOW_NS = 2_000_000;
    private static final long LAST_ANSWERS_NS = 60_000_000_000L;

    private final InetSocketAddress server;
    private final int connections;
    private final Requests requests;
    private final byte[] expected;
    private final Map<Long, Long> intendedNs = new HashMap<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 << 10);
    private long sent;

    /** @param expected part of the body of every answer */
    public HttpLoad(InetSocketAddress server, int connections, Requests requests, String expected) {
        this.server = server;
        this.connections = connections;
        this.requests = requests;
        this.expected = expected.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns when every request has been answered. */
    public Latencies run(Pace pace, int slices) {
        List<Connection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) all.add(Connection.open(i, server, selector));
            idle.addAll(all);
            return run(pace, slices, selector);
        } catch (IOException e) {
            throw new CommandFailure("the connection to " + server + " broke: " + e, e);
        } finally {
            for (Connection each : all) closed(each);
        }
    }

    private Latencies run(Pace pace, int slices, Selector selector) throws IOException {
        long startNs = System.nanoTime();
        long endNs = pace.endNs(startNs);
        Latencies latencies =
                new Latencies(pace.clockNs(startNs), pace.measured().toNanos(), slices);
        while (true) {
            long dueNs = sendDue(pace, startNs, endNs);
            boolean allSent = dueNs >= endNs || !requests.hasNext();
            if (allSent && idle.size() == connections) return latencies;
            if (System.nanoTime() > endNs + LAST_ANSWERS_NS)
                throw new CommandFailure(connections - idle.size() + " requests were not answered within a minute");
            await(selector, allSent || idle.isEmpty() ? Long.MAX_VALUE : dueNs);
            takeAnswers(selector, latencies);
        }
    }

    /** @return when the next one is due; at or after the end: none */
    private long sendDue(Pace pace, long startNs, long endNs) throws IOException {
        while (true) {
            long now = System.nanoTime();
            long dueNs = pace.isOpen() ? pace.intendedNs(startNs, sent) : now;
            if (dueNs >= endNs || dueNs > now || idle.isEmpty() || !requests.hasNext()) return dueNs;
            Connection connection = idle.remove();
            intendedNs.put(sent, dueNs);
            connection.send(sent++, requests.next(connection.number()));
        }
    }

    private static void await(Selector selector, long dueNs) throws IOException {
        long leftNs = dueNs - System.nanoTime();
        if (leftNs > NAPS_BELOW_NS) {
            selector.select(Math.min(100, (leftNs - NAPS_BELOW_NS) / 1_000_000 + 1));
        } else if (selector.selectNow() == 0 && leftNs > 0) {
            LockSupport.parkNanos(Math.min(NAP_NS, leftNs));
            selector.selectNow();
        }
    }

    private void takeAnswers(Selector selector, Latencies latencies) throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (key.isWritable()) connection.write();
            if (key.isReadable() && connection.read(scratch)) taken(connection, latencies);
        }
        selector.selectedKeys().clear();
    }

    private void taken(Connection connection, Latencies latencies) {
        long doneNs = System.nanoTime();
        AnswerReader answer = connection.answer();
        if (answer.status() / 100 != 2 || !answer.bodyHas(expected))
            throw new CommandFailure("not the answer that was expected: " + answer.status() + " " + answer.body());
        answer.next();
        Long intended = intendedNs.remove(connection.exchange());
        if (intended == null) throw new IllegalStateException("an answer to nothing");
        latencies.add(intended, doneNs);
        idle.add(connection);
    }

    private static void closed(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // the run is over
        }
    }
}
