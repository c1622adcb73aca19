package dev.tidemark.cli.push;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Farewell;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** One push from a file or standard input, with its progress, its result, and what it says when it is cut short. */
public final class Push {
    private static final String GO_ON = "; run the same command again to go on, nothing is doubled";
    private static final String MEND = "; mend it and run the same command again, nothing is doubled";

    private final PushOrder order;
    private final ServerClient server;
    private final Surroundings surroundings;
    private final PushTally tally = new PushTally();
    private final long startNanos = System.nanoTime();

    public Push(PushOrder order, ServerClient server, Surroundings surroundings) {
        this.order = order;
        this.server = server;
        this.surroundings = surroundings;
    }

    /** Pushes all there is. @throws CommandFailure if it could not go to the end; it says how far it came */
    public void run() {
        try (Farewell interrupted = Farewell.onInterrupt(surroundings, () -> "interrupted: " + reached() + GO_ON);
                CountedStream raw = new CountedStream(open());
                LineSource source = LineSource.of(sourceName(), raw)) {
            run(source, new PushProgress(surroundings, tally, fractionRead(raw), System::nanoTime));
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + sourceName() + ": " + e.getMessage(), e);
        }
    }

    /** What became of the mutations so far; after a failure as well. */
    public PushReport report() {
        return new PushReport(order.project(), tally, (System.nanoTime() - startNanos) / 1e9);
    }

    private void run(LineSource source, PushProgress progress) {
        PushLimits limits = new PushLimits(order.batchLines(), PushLimits.BYTES_DEFAULT);
        PushTask task = new PushTask(order.project(), source, order.replica(), limits);
        try {
            new Pusher(task, server, Patience.of(order.retryFor(), progress::notice), tally).run(progress::update);
        } catch (BadLine failure) {
            throw new CommandFailure(failure.getMessage() + "; " + reached() + MEND, failure);
        } catch (CommandFailure failure) {
            throw tally.decided() == 0
                    ? failure
                    : new CommandFailure(failure.getMessage() + "; " + reached() + GO_ON, failure);
        } finally {
            progress.done();
        }
    }

    private InputStream open() {
        if (order.file().isEmpty()) return surroundings.in();
        Path file = order.file().get();
        if (Files.isDirectory(file)) throw new CommandFailure(file + " is a directory, not a file of mutations");
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + file, e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private String sourceName() {
        return order.file().map(Path::toString).orElse("standard input");
    }

    private DoubleSupplier fractionRead(CountedStream raw) throws IOException {
        if (order.file().isEmpty()) return () -> -1;
        long bytes = Files.size(order.file().get());
        return bytes == 0 ? () -> 1 : () -> (double) raw.bytesRead() / bytes;
    }

    private String reached() {
        if (tally.decided() == 0) return "no mutation is decided yet";
        return tally.decided() + " mutations are decided, up to line " + tally.lastLine();
    }
}
