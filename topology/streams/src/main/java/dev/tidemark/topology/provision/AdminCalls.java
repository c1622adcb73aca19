package dev.tidemark.topology.provision;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Admin calls with a bound: without one they hang for good where the broker died. */
public final class AdminCalls {
    private static final int TIMEOUT_SECONDS = 20;

    private AdminCalls() {}

    /** @throws StartRefused {@code kafka_unreachable} */
    public static <T> T get(KafkaFuture<T> future, String what) throws StartRefused {
        try {
            return answer(future, what);
        } catch (ExecutionException e) {
            throw unreachable(what, String.valueOf(e.getMessage()));
        }
    }

    /**
     * As {@link #get}, where the cluster may refuse for a reason that the caller tells apart.
     *
     * @throws ExecutionException with what the cluster said
     */
    public static <T> T answer(KafkaFuture<T> future, String what) throws StartRefused, ExecutionException {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(what, "interrupted");
        } catch (TimeoutException e) {
            throw unreachable(what, "no answer within " + TIMEOUT_SECONDS + " s");
        }
    }

    /** Between two looks at what the cluster does by itself. */
    public static void pause(Duration pause, String what) throws StartRefused {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(what, "interrupted");
        }
    }

    static StartRefused unreachable(String what, String why) {
        return new StartRefused(
                StartRefused.KAFKA_UNREACHABLE,
                "cannot " + what + ": " + why + "; check bootstrap.servers and that the broker runs");
    }
}
