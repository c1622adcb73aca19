package dev.tidemark.backbone.gateway;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key} on commands: the same command with the same key is carried out once, and answered the same again. Kept
 * in this process, for a time and a number; after a restart a command is carried out anew, which for every command of the
 * contract leads to the same state. Thread-safe.
 */
final class Idempotency {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int KEPT_MAX = 10_000;
    private static final Duration KEPT_FOR = Duration.ofHours(1);
    private static final int RETRY_SECONDS = 1;
    private static final String ATTRIBUTE = "tidemark.idempotency";

    private final Map<String, Run> byKey = new LinkedHashMap<>();

    /** A command that was or is being carried out. */
    private static final class Run {
        private final String command;
        private final long beganNs = System.nanoTime();
        private @Nullable Done done;

        Run(String command) {
            this.command = command;
        }
    }

    private record Done(
            int status,
            @Nullable String contentType,
            @Nullable String body) {}

    /**
     * @param body of the request
     * @return whether the command is to be carried out; if not, it is answered already
     * @throws Problem if the key stands for another command, or that one is not finished
     */
    boolean begin(Context ctx, String body) {
        String key = ctx.header(HEADER);
        if (key == null) return true;
        if (!KEY.matcher(key).matches()) throw Problem.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        Done done = lookUp(key, ctx.method() + " " + ctx.path() + " " + fingerprint(body));
        if (done == null) {
            ctx.attribute(ATTRIBUTE, key);
            return true;
        }
        ctx.status(done.status).header("Idempotency-Replayed", "true");
        if (done.contentType != null) ctx.contentType(done.contentType);
        if (done.body != null) ctx.result(done.body);
        return false;
    }

    /** After every request. What may succeed when it is tried again is not kept. */
    synchronized void end(Context ctx) {
        String key = ctx.attribute(ATTRIBUTE);
        Run run = key == null ? null : byKey.get(key);
        if (run == null) return;
        int status = ctx.statusCode();
        if (status >= 500 || status == 429) byKey.remove(key);
        else run.done = new Done(status, ctx.res().getContentType(), ctx.result());
    }

    private synchronized @Nullable Done lookUp(String key, String command) {
        forgetOld();
        Run run = byKey.get(key);
        if (run == null) {
            byKey.put(key, new Run(command));
            return null;
        }
        if (!run.command.equals(command))
            throw Problem.of(422, "idempotency_key_reused", "the key was used for another command");
        if (run.done == null)
            throw Problem.retry(409, "idempotency_in_progress", "the same command is being carried out", RETRY_SECONDS);
        return run.done;
    }

    private static UUID fingerprint(String body) {
        return UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8));
    }

    private void forgetOld() {
        long nowNs = System.nanoTime();
        Iterator<Run> oldest = byKey.values().iterator();
        while (oldest.hasNext()) {
            boolean isOld = nowNs - oldest.next().beganNs > KEPT_FOR.toNanos();
            if (!isOld && byKey.size() <= KEPT_MAX) return;
            oldest.remove();
        }
    }
}
