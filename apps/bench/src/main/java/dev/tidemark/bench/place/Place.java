package dev.tidemark.bench.place;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one run works. Invariant: when it ends, by itself or by Ctrl-C, what was kept in it is closed, last first, and then its
 * directory is gone, unless it is to be looked at.
 */
public final class Place implements AutoCloseable {
    private final Path directory;
    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private final Thread onSignal = new Thread(this::clear, "bench-clear");
    private boolean isCleared;
    private volatile boolean isToStay;
    private int made;

    private Place(Path directory) {
        this.directory = directory;
    }

    /** @param under an existing directory on the disk that is to be measured */
    public static Place under(Path under) {
        try {
            Place place = new Place(Files.createTempDirectory(Files.createDirectories(under), "tidemark-bench"));
            Runtime.getRuntime().addShutdownHook(place.onSignal);
            return place;
        } catch (IOException e) {
            throw new CommandFailure("cannot work under " + under + ": " + e.getMessage() + "; name another --work", e);
        }
    }

    /** A directory of its own, empty. */
    public Path fresh(String name) {
        try {
            return Files.createDirectories(directory.resolve(made++ + "-" + name));
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Closed at the latest with this place, at once if that is closed already. */
    public <T extends AutoCloseable> T keep(T closeable) {
        synchronized (kept) {
            if (!isCleared) {
                kept.push(closeable);
                return closeable;
            }
        }
        closed(closeable);
        throw new CommandFailure("the run was ended");
    }

    /** Its directory is not deleted when it ends. @return the directory */
    public Path stay() {
        isToStay = true;
        return directory;
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // the process is ending: the hook clears what is left
        }
    }

    private synchronized void clear() {
        List<AutoCloseable> last;
        synchronized (kept) {
            last = List.copyOf(kept);
            kept.clear();
            isCleared = true;
        }
        for (AutoCloseable each : last) closed(each);
        if (!isToStay) delete(directory);
    }

    private static void closed(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            // the run is over; what it left is deleted next
        }
    }

    /** Empties a directory of this place early, to make room. */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) return;
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        } catch (IOException e) {
            throw new CommandFailure("cannot delete " + directory + ": " + e.getMessage(), e);
        }
    }
}
