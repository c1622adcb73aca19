package dev.tidemark.cli.embedded;

import dev.tidemark.cli.CommandFailure;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The room that is left on the disk of a directory. A server ends while some is left, and at once: Kafka 4.3 writes records before
 * their entry in a mapped index, whose pages are allocated when they are touched. Where the disk is full then, the append fails
 * ({@code InternalError}) with its records in the file and its offsets free, and the next append takes the same offsets.
 */
final class DiskRoom {
    static final long START_BYTES_MIN = 256L << 20;
    /** A look every 10 ms is in time where a disk takes a GiB in a second. */
    static final long RUN_BYTES_MIN = 64L << 20;

    private final Path directory;
    private final File existing;

    private DiskRoom(Path directory, File existing) {
        this.directory = directory;
        this.existing = existing;
    }

    /** @param directory absolute; it need not be there yet */
    static DiskRoom of(Path directory) {
        File existing = directory.toFile();
        while (!existing.exists() && existing.getParentFile() != null) existing = existing.getParentFile();
        return new DiskRoom(directory, existing);
    }

    /** @throws CommandFailure if there is too little to start */
    void requireForStart() {
        if (has(START_BYTES_MIN)) return;
        throw new CommandFailure("only " + freeMiB() + " MiB are free on the disk of " + directory + ", starting needs "
                + (START_BYTES_MIN >> 20) + " MiB; free some space, or name a directory on another disk with --data");
    }

    /** Why a server cannot go on here, if it cannot. */
    Optional<String> shortage() {
        if (has(RUN_BYTES_MIN)) return Optional.empty();
        return Optional.of("the disk of " + directory + " is full: " + freeMiB() + " MiB are free, running needs "
                + (RUN_BYTES_MIN >> 20) + " MiB, starting " + (START_BYTES_MIN >> 20)
                + " MiB; free some space and start again, nothing that was acknowledged is lost");
    }

    /** A disk that does not say its size does not say that it is full. */
    private boolean has(long bytes) {
        return existing.getUsableSpace() >= bytes || existing.getTotalSpace() == 0;
    }

    private long freeMiB() {
        return existing.getUsableSpace() >> 20;
    }
}
