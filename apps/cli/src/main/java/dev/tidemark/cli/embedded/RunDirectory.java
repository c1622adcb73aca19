package dev.tidemark.cli.embedded;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one running server: {@code kafka} (the broker's log), {@code state} (the stores), {@code logs},
 * {@code plugins} (of Connect; nothing here writes to it), {@code VERSION} (format of all that) and {@code LOCK} (pid of the owner). Invariants: one owner at a time, held by a
 * lock that dies with the process; nothing of another format, and nobody else's directory, is ever written to.
 */
public final class RunDirectory implements AutoCloseable {
    static final String FORMAT = "1";

    private static final String KAFKA = "kafka";
    private static final String STATE = "state";
    private static final String LOGS = "logs";
    private static final String PLUGINS = "plugins";
    private static final String LOCK = "LOCK";
    private static final String VERSION = "VERSION";
    private static final String VERSION_NEW = "VERSION.new";
    /** What a backup keeps: stores are restored from Kafka, plugins are programs and come from where they came from. */
    public static final List<String> KEPT = List.of(VERSION, KAFKA);

    private static final Set<String> HOLDING = Set.of(KAFKA, STATE);
    private static final Set<String> HARMLESS = Set.of(LOCK, LOGS, PLUGINS, VERSION_NEW, "serve", "lost+found");

    /** Beyond the pid's bytes, so that the file can be read where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 40;

    private final Path root;
    private final DiskRoom room;
    private final FileChannel lock;

    private RunDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.room = DiskRoom.of(root);
        this.lock = lock;
    }

    /**
     * Makes the directory ours until closed; creates it if it is not there.
     *
     * @throws CommandFailure if it is in use, of another format, not a directory of this program, not writable or full
     */
    public static RunDirectory claim(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        // First of all: on a full disk not even the owner's pid can be written.
        DiskRoom.of(root).requireForStart();
        try {
            Files.createDirectories(root);
            refuseForeign(root);
            return lockedAt(root);
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** Whether a server has run there. */
    public static boolean isOne(Path directory) {
        return Files.isRegularFile(directory.resolve(VERSION)) && Files.isDirectory(directory.resolve(KAFKA));
    }

    public Path root() {
        return root;
    }

    private static RunDirectory lockedAt(Path root) throws IOException {
        FileChannel lock = take(root.resolve(LOCK));
        try {
            refuseOtherFormat(root);
            for (String part : List.of(KAFKA, STATE, LOGS)) Files.createDirectories(root.resolve(part));
            return new RunDirectory(root, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public Path kafka() {
        return root.resolve(KAFKA);
    }

    public Path state() {
        return root.resolve(STATE);
    }

    /** Where plugins of Connect are put, by whoever wants them; it need not be there. */
    public Path plugins() {
        return root.resolve(PLUGINS);
    }

    public Path logFile() {
        return root.resolve(LOGS).resolve("tidemark.log");
    }

    /** Why nothing more may be written here, if so: the disk is full. */
    public Optional<String> shortage() {
        return room.shortage();
    }

    @Override
    public void close() {
        try {
            lock.truncate(0);
            lock.close();
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    /** Somebody's home directory given by mistake is not to be filled with segments. */
    private static void refuseForeign(Path root) throws IOException {
        if (Files.exists(root.resolve(VERSION))) return;
        try (Stream<Path> entries = Files.list(root)) {
            String found = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !HARMLESS.contains(name))
                    .sorted()
                    .findFirst()
                    .orElse(null);
            if (found == null) return;
            String what = HOLDING.contains(found) ? "has data in it but no " + VERSION + " file" : "holds other files";
            throw new CommandFailure(root + " " + what + " (" + found
                    + "): it is not a directory of Tidemark; name an empty or new one with --data");
        }
    }

    private static FileChannel take(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new CommandFailure(file.getParent() + " is in use by the Tidemark with pid " + ownerPid(file)
                    + "; stop that one, or name another directory with --data");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String ownerPid(Path file) throws IOException {
        String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static void refuseOtherFormat(Path root) throws IOException {
        Path version = root.resolve(VERSION);
        if (!Files.exists(version)) {
            Path fresh = Files.writeString(root.resolve(VERSION_NEW), FORMAT + "\n");
            Files.move(fresh, version, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        String found = Files.readString(version).strip();
        if (found.equals(FORMAT)) return;
        throw new CommandFailure(root + " was written in format " + (found.isEmpty() ? "(none)" : found)
                + ", this Tidemark reads format " + FORMAT
                + "; run the release that wrote it, or start on a new directory with --data and push again");
    }

    private static CommandFailure unusable(Path root, IOException cause) {
        Optional<String> shortage = DiskRoom.of(root).shortage();
        if (shortage.isPresent()) return new CommandFailure(shortage.get(), cause);
        String why = cause instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : "it cannot be created or written (" + cause.getClass().getSimpleName() + ")";
        if (cause instanceof AccessDeniedException) why = "no permission to write there";
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException)
            why = "it, or a part of it, is a file and not a directory";
        return new CommandFailure("cannot use " + root + ": " + why + "; name a writable directory with --data", cause);
    }
}
