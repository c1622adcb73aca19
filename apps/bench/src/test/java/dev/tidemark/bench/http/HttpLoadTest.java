package dev.tidemark.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.bench.drive.Pace;
import dev.tidemark.bench.measure.Latencies;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration STALL = Duration.ofMillis(500);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger answered = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void stallIsChargedWithEveryRequestItDelays() {
        answer("ok", 20);

        Latencies latencies = load(1).run(pace(100, 1_500), 3);

        // One request meets the stall, but those meant to be sent during it are as late: about 50 of 150.
        assertThat(latencies.count()).isEqualTo(150);
        assertThat(latencies.percentileMs(75)).isGreaterThan(40);
        assertThat(latencies.maxMs()).isGreaterThanOrEqualTo(STALL.toMillis() - 1);
    }

    @Test
    void asFastAsAnsweredHasOneRequestInFlightOnEachConnection() {
        answer("ok", -1);

        Latencies latencies = load(4).run(pace(Pace.AS_ANSWERED, 300), 3);

        assertThat(latencies.count()).isGreaterThan(10).isEqualTo(answered.get());
    }

    @Test
    void unexpectedAnswerEndsTheRun() {
        answer("rejected", -1);

        HttpLoad load = load(1);
        assertThatThrownBy(() -> load.run(pace(100, 1_000), 1))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("200 rejected");
    }

    @Test
    void endsWhenThereIsNothingMoreToSend() {
        answer("ok", -1);
        Requests three = new Requests() {
            private int left = 3;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public byte[] next(int connection) {
                left--;
                return REQUEST;
            }
        };

        Latencies latencies = new HttpLoad(server.getAddress(), 2, three, "ok").run(pace(Pace.AS_ANSWERED, 60_000), 1);

        assertThat(latencies.count()).isEqualTo(3);
    }

    private HttpLoad load(int connections) {
        return new HttpLoad(server.getAddress(), connections, connection -> REQUEST, "ok");
    }

    private static Pace pace(double perSecond, int measuredMs) {
        return new Pace(perSecond, Duration.ZERO, Duration.ofMillis(measuredMs));
    }

    /** @param stalled which request meets a stall; -1 none */
    private void answer(String body, int stalled) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        server.createContext("/", exchange -> {
            if (answered.getAndIncrement() == stalled) stall();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private static void stall() {
        long endNs = System.nanoTime() + STALL.toNanos();
        while (System.nanoTime() < endNs) LockSupport.parkNanos(endNs - System.nanoTime());
    }
}
