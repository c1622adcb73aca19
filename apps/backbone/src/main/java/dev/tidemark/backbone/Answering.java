package dev.tidemark.backbone;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which a request goes on that had to wait. What they run reads stores and hands bytes over; it never waits for a
 * client, so that a few of them are enough. Their queue is bounded by what may wait at all: pushes, long-polls and streams each
 * have a named bound.
 */
final class Answering {
    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 30;

    private Answering() {}

    static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "tidemark-answering-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
