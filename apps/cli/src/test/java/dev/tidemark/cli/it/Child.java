package dev.tidemark.cli.it;

import dev.tidemark.cli.Tidemark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process that runs a {@code tidemark} command of this build; it dies with the JVM of the tests at the latest. */
final class Child implements AutoCloseable {
    /** The launcher's own flags for servers and for short commands. */
    static final List<String> SERVER_FLAGS = List.of("-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError");

    static final List<String> COMMAND_FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration DEATH_MAX = Duration.ofSeconds(20);

    private final Process process;
    private final Path out;
    private final Path err;
    private final Thread reaper;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** @param work where it runs and where its output goes */
    static Child start(Path work, List<String> flags, List<String> arguments) {
        try {
            Files.createDirectories(work);
            Path out = Files.createTempFile(work, "child", ".out");
            Path err = Files.createTempFile(work, "child", ".err");
            ProcessBuilder builder = new ProcessBuilder(command(flags, arguments))
                    .directory(work.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TIDEMARK_"));
            return new Child(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tidemark.class.getName()));
        command.addAll(arguments);
        return command;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    /** {@code kill -9}, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit(DEATH_MAX);
    }

    /** Nothing of it happens meanwhile. */
    void whileFrozen(Runnable action) {
        freeze();
        try {
            action.run();
        } finally {
            thaw();
        }
    }

    /** It stands still, and so do its heartbeats. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status =
                    new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor();
            if (status != 0) throw new AssertionError("kill -" + name + " ended with " + status);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What Ctrl-C does. */
    void terminate() {
        process.destroy();
    }

    /** @return the exit status */
    int awaitExit(Duration most) {
        if (!isGoneWithin(most))
            throw new AssertionError("still running after " + most + "; stderr: " + err() + " stdout: " + out());
        return process.exitValue();
    }

    /** Lets it run for a while. @return whether it ended meanwhile */
    boolean isGoneWithin(Duration most) {
        try {
            return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) kill();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
