package dev.tidemark.cli.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** A disk of its own for one test, which the test fills and empties. It lives in memory and is gone when it is closed. */
final class SmallDisk implements AutoCloseable {
    private static final byte[] COARSE = new byte[1 << 20];
    /** Smaller than any page: what still fits after this fits nowhere. */
    private static final byte[] FINE = new byte[512];

    private final MemoryMount mount;

    private SmallDisk(MemoryMount mount) {
        this.mount = mount;
    }

    /** Ends the test as not applicable where this machine lets it mount nothing. */
    static SmallDisk at(Path point, int mib) {
        try {
            Files.createDirectories(point);
            return new SmallDisk(MemoryMount.at(point, mib));
        } catch (MemoryMount.Refused refused) {
            System.out.println("no small disk here: " + refused.getMessage());
            return Assumptions.abort("no small disk here: " + refused.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return mount.root();
    }

    long freeBytes() {
        return root().toFile().getUsableSpace();
    }

    /** Takes all but that much; a second time takes more. 0: until the disk refuses the next byte. */
    void fill(long leftBytes) {
        Path ballast = ballast();
        try {
            if (!Files.exists(ballast)) Files.createFile(ballast);
            while (freeBytes() > leftBytes + COARSE.length) append(ballast, COARSE);
            if (leftBytes == 0) fillToTheLastByte(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void makeRoom() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return root().resolve("ballast");
    }

    private static void fillToTheLastByte(Path ballast) {
        try {
            while (true) append(ballast, FINE);
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) throw new UncheckedIOException(full);
        }
    }

    private static void append(Path ballast, byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.APPEND)) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        mount.close();
    }
}
