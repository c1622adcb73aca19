package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ExecutorService answering = Executors.newFixedThreadPool(2);
    private final Signals signals = new Signals(answering);

    @AfterEach
    void stop() {
        answering.shutdownNow();
    }

    @Test
    void wakesEveryReaderOfTheProjectAndNoOther() {
        CompletableFuture<Void> first = woken("p");
        CompletableFuture<Void> second = woken("p");
        CompletableFuture<Void> other = woken("q");

        signals.advanced("p");

        await().until(() -> first.isDone() && second.isDone());
        assertThat(other).isNotDone();
        assertThat(signals.waiting()).isEqualTo(1);
    }

    @Test
    void wakesAReaderThatBeganBeforeTheRecordAndWaitsAfterIt() {
        Signals.Wait wait = signals.begin("p", LONG);
        signals.advanced("p");
        CompletableFuture<Void> woken = new CompletableFuture<>();

        wait.then(() -> woken.complete(null));

        await().until(woken::isDone);
    }

    @Test
    void wakesAReaderPastItsBound() {
        CompletableFuture<Void> woken = new CompletableFuture<>();
        signals.begin("p", Duration.ofMillis(10)).then(() -> woken.complete(null));

        await().until(() -> woken.isDone() && signals.waiting() == 0);
    }

    @Test
    void forgetsAReaderThatGivesUp() {
        for (int i = 0; i < 100; i++) signals.begin("p", LONG).close();

        assertThat(signals.waiting()).isZero();
    }

    @Test
    void refusesMoreReadersThanMayWait() {
        List<Signals.Wait> waits = new ArrayList<>();
        for (int i = 0; i < Signals.WAITS_MAX; i++) waits.add(signals.begin("p", LONG));

        Problem problem = catchThrowableOfType(Problem.class, () -> signals.begin("p", LONG));

        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.retryAfterSeconds()).isPositive();
        waits.forEach(Signals.Wait::close);
        assertThat(signals.waiting()).isZero();
    }

    @Test
    void letsNoReaderHoldUpAnother() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        signals.begin("p", LONG).then(() -> awaitUninterruptibly(blocked));
        CountDownLatch others = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) signals.begin("p", LONG).then(others::countDown);

        signals.advanced("p");

        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        blocked.countDown();
    }

    @Test
    void handsOverWithoutRunningAnythingOnTheCallersThread() throws Exception {
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        signals.begin("p", LONG).then(() -> ranOn.complete(Thread.currentThread()));

        signals.advanced("p");

        assertThat(ranOn.get(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }

    /** A wake-up that is lost leaves a reader waiting for ten minutes; all must see the last record long before. */
    @Test
    void losesNoWakeUpWhileRecordsComeFast() {
        int records = 20_000;
        AtomicInteger written = new AtomicInteger();
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 40; i++) readers.add(new Reader(written, records));
        readers.forEach(Reader::look);
        Random random = new Random(42);

        for (int i = 0; i < records; i++) {
            written.incrementAndGet();
            signals.advanced("p");
            if (random.nextInt(100) == 0) LockSupport.parkNanos(random.nextInt(200_000));
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> readers.stream().allMatch(reader -> reader.saw == records));
        await().until(() -> signals.waiting() == 0);
    }

    /** Begins, looks, then waits, as every reader must. */
    private final class Reader {
        private final AtomicInteger written;
        private final int last;
        private volatile int saw;

        Reader(AtomicInteger written, int last) {
            this.written = written;
            this.last = last;
        }

        void look() {
            Signals.Wait wait = signals.begin("p", LONG);
            int now = written.get();
            boolean isNew = now > saw;
            saw = now;
            if (now == last) wait.close();
            else if (isNew) {
                wait.close();
                answering.execute(this::look);
            } else wait.then(this::look);
        }
    }

    private CompletableFuture<Void> woken(String project) {
        CompletableFuture<Void> woken = new CompletableFuture<>();
        signals.begin(project, LONG).then(() -> woken.complete(null));
        return woken;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
