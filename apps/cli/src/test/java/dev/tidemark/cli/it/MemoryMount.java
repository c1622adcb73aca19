package dev.tidemark.cli.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A tmpfs: mounted here, or by a process in a namespace of its own and reached through that process. */
final class MemoryMount implements AutoCloseable {
    private static final int COMMAND_SECONDS_MAX = 10;

    private final Path point;
    private final @Nullable Process holder;
    private final Thread atEnd = new Thread(this::unmount);

    private MemoryMount(Path point, @Nullable Process holder) {
        this.point = point;
        this.holder = holder;
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /** This machine does not let us. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String text) {
            super(text);
        }
    }

    static MemoryMount at(Path point, int mib) throws Refused {
        String direct = run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", point.toString());
        return direct.isEmpty() ? new MemoryMount(point, null) : inNamespace(point, mib, direct);
    }

    /** The namespace, and the mount with it, ends with the holder, which ends with this process at the latest. */
    private static MemoryMount inNamespace(Path point, int mib, String direct) throws Refused {
        String script = "mount -t tmpfs -o size=" + mib + "m tmpfs \"$0\" && echo mounted && exec cat";
        try {
            Process holder = new ProcessBuilder("unshare", "-rm", "sh", "-c", script, point.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
            if ("mounted".equals(said)) return new MemoryMount(point, holder);
            holder.destroyForcibly();
            throw new Refused(direct + "; " + said);
        } catch (IOException e) {
            throw new Refused(direct + "; " + e.getMessage());
        }
    }

    Path root() {
        if (holder == null) return point;
        return Path.of("/proc/" + holder.pid() + "/root")
                .resolve(point.toString().substring(1));
    }

    @Override
    public void close() {
        unmount();
        Runtime.getRuntime().removeShutdownHook(atEnd);
    }

    private void unmount() {
        if (holder != null) {
            holder.destroyForcibly();
            return;
        }
        if (run("umount", point.toString()).isEmpty()) return;
        String left = run("umount", "-l", point.toString());
        if (!left.isEmpty()) throw new AssertionError(left);
    }

    /** @return what it complained of; empty: it did it */
    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS))
                throw new AssertionError(command[0] + " hangs");
            return process.exitValue() == 0 ? "" : command[0] + " ended with " + process.exitValue() + ": " + said;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
