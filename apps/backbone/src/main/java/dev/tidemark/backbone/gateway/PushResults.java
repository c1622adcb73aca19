package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topology.BatchAnswer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The answer to a stream of mutations: one line each, in the order of their lines. Once one is missing, nothing follows it. */
final class PushResults {
    /** Mutations on their way at once; beyond, the oldest outcome is awaited before more is read. */
    private static final int WINDOW_MUTATIONS = 20_000;

    private static final int BUFFER_BYTES = 64 << 10;

    private final PushRoutes.Ack ack;
    private final OutputStream out;
    private final ArrayDeque<Sent> onTheWay = new ArrayDeque<>();
    private int mutationsOnTheWay;
    private @Nullable Problem broken;
    private boolean hasWritten;
    private boolean isFlushed = true;

    PushResults(PushRoutes.Ack ack, OutputStream out) {
        this.ack = ack;
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /** A batch on its way, with what its answer needs: the local seqs where they are all that is answered. */
    private record Sent(int mutations, long @Nullable [] localSeqs, Pushes.InFlight inFlight) {
        CompletableFuture<?> awaited() {
            return localSeqs == null ? inFlight.answered() : inFlight.received();
        }
    }

    /** To be called before a batch is sent: writes what is known, and waits while too much is on its way. */
    void makeRoom() throws IOException {
        while (mutationsOnTheWay > WINDOW_MUTATIONS || isOldestKnown()) answerOldest();
    }

    void add(MutationBatch batch, Pushes.InFlight inFlight) {
        long @Nullable [] localSeqs = ack == PushRoutes.Ack.COMMITTED
                ? null
                : batch.mutations().stream().mapToLong(Mutation::localSeq).toArray();
        onTheWay.add(new Sent(batch.mutations().size(), localSeqs, inFlight));
        mutationsOnTheWay += batch.mutations().size();
    }

    boolean isAwaited() {
        return !onTheWay.isEmpty();
    }

    /** Lets the client see all that is known. What was never written to can still be answered with a problem's own status. */
    void show() throws IOException {
        while (isOldestKnown()) answerOldest();
        if (!isFlushed) out.flush();
        isFlushed = true;
    }

    /** Writes all that is awaited. */
    void awaitAll() throws IOException {
        while (isAwaited()) answerOldest();
    }

    /** The end of the answer. @param problem why it had to stop; null: it came to its end */
    void end(@Nullable Problem problem) throws IOException {
        if (problem != null && !hasWritten) throw problem;
        if (problem != null) write("{\"problem\":" + Problems.json(problem) + "}\n");
        out.flush();
    }

    /** Why a result is missing; null: none is. */
    @Nullable
    Problem broken() {
        return broken;
    }

    private boolean isOldestKnown() {
        Sent oldest = onTheWay.peek();
        return oldest != null && oldest.awaited().isDone();
    }

    private void answerOldest() throws IOException {
        Sent oldest = onTheWay.remove();
        mutationsOnTheWay -= oldest.mutations;
        try {
            if (oldest.localSeqs == null) answer(oldest.inFlight.answered().join());
            else received(oldest.inFlight, oldest.localSeqs);
        } catch (CompletionException | Problem e) {
            onTheWay.clear();
            broken = Problems.of(e);
            throw broken;
        }
    }

    private void answer(BatchAnswer answer) throws IOException {
        Refused.check(answer);
        StringBuilder lines = new StringBuilder();
        for (MappedOrigin mapped : answer.outcomes()) {
            ResultText.append(lines, mapped);
            lines.append('\n');
        }
        write(lines.toString());
    }

    private void received(Pushes.InFlight batch, long[] localSeqs) throws IOException {
        batch.received().join();
        StringBuilder lines = new StringBuilder();
        for (long localSeq : localSeqs)
            lines.append("{\"local_seq\":").append(localSeq).append(",\"received\":true}\n");
        write(lines.toString());
    }

    private void write(String lines) throws IOException {
        hasWritten = true;
        isFlushed = false;
        out.write(lines.getBytes(StandardCharsets.UTF_8));
    }
}
