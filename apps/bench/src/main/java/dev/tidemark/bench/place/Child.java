package dev.tidemark.bench.place;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process that says on stdout when it is ready. */
public final class Child implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(10);
    private static final Duration END_MAX = Duration.ofSeconds(40);

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param directory where it runs and where its output goes */
    public static Child start(Path directory, List<String> command) {
        try {
            Path out = Files.createTempFile(directory, "child", ".out");
            Path err = Files.createTempFile(directory, "child", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("TIDEMARK_") && !name.equals("TIDEMARK_JAVA_OPTS"));
            return new Child(builder.start(), out, err);
        } catch (IOException e) {
            throw new CommandFailure("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    /** @throws CommandFailure if it ends before, or takes too long */
    public void awaitReady() {
        Until.met(READY_MAX, "the child process is ready", () -> {
            if (!process.isAlive()) throw new CommandFailure("a child process ended: " + text(err));
            return text(out).contains("ready");
        });
    }

    public long pid() {
        return process.pid();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As Ctrl-C does it. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** It stands still, and so do its heartbeats, until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** As Ctrl-C does it, so that a recording of the process is written; {@code kill -9} if that takes too long. */
    @Override
    public void close() {
        if (!process.isAlive()) return;
        process.destroy();
        if (!isGone()) kill();
    }

    private void signal(String name) {
        try {
            int status =
                    new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor();
            if (status != 0) throw new CommandFailure("kill -" + name + " " + pid() + " ended with " + status);
        } catch (IOException e) {
            throw new CommandFailure("there is no kill: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private void awaitEnd() {
        if (!isGone()) throw new CommandFailure("process " + process.pid() + " does not end");
    }

    private boolean isGone() {
        try {
            return process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
