package dev.tidemark.cli.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP of files of a directory, each with its CRC-32. Invariants: the file has its name only when it was read back whole; nothing
 * is ever unpacked outside the directory it is unpacked to.
 */
public final class Archive {
    private static final String UNFINISHED = ".unfinished";
    /** Segments are mostly compressed already; more effort takes much time for little. */
    private static final int LEVEL = 1;

    private Archive() {}

    /** Files and bytes of an archive, before compression. */
    public record Contents(long files, long bytes) {
        static final Contents NOTHING = new Contents(0, 0);

        Contents plus(long more) {
            return new Contents(files + 1, bytes + more);
        }
    }

    /**
     * @param parts files and directories below {@code root} that go in
     * @throws IOException also if what was written cannot be read back
     */
    public static Contents write(Path root, List<String> parts, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            Contents written = written(root, parts, unfinished);
            if (!read(unfinished).equals(written))
                throw new IOException("what was written does not read back the same");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return written;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Reads an archive to its end. @throws IOException if it is damaged, cut off, or none */
    public static Contents read(Path file) throws IOException {
        return each(file, (name, content) -> content.transferTo(OutputStream.nullOutputStream()));
    }

    /** @param directory empty */
    public static Contents unpack(Path file, Path directory) throws IOException {
        return each(file, (name, content) -> {
            Path target = directory.resolve(name).normalize();
            if (!target.startsWith(directory)) throw new IOException("it has a file outside of it: " + name);
            Files.createDirectories(target.getParent());
            try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                return content.transferTo(out);
            }
        });
    }

    private interface Entry {
        /** @return bytes of it */
        long take(String name, InputStream content) throws IOException;
    }

    private static Contents each(Path file, Entry entry) throws IOException {
        Contents contents = Contents.NOTHING;
        try (ZipFile directory = new ZipFile(file.toFile());
                ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
                // Names have no checksum, but each is there twice.
                if (directory.getEntry(next.getName()) == null)
                    throw new IOException("it has a file that it does not list: " + next.getName());
                contents = contents.plus(entry.take(next.getName(), in));
            }
            if (contents.files != directory.size()) throw new IOException("it lacks files that it lists");
        } catch (EOFException e) {
            throw new IOException("it ends too early", e);
        } catch (IllegalArgumentException e) { // a name that is no text, or no path
            throw new IOException("a name in it is damaged: " + e.getMessage(), e);
        }
        return contents;
    }

    private static Contents written(Path root, List<String> parts, Path file) throws IOException {
        Contents contents = Contents.NOTHING;
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.setLevel(LEVEL);
            for (Path each : files(root, parts)) {
                out.putNextEntry(new ZipEntry(root.relativize(each).toString().replace('\\', '/')));
                contents = contents.plus(Files.copy(each, out));
                out.closeEntry();
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return contents;
    }

    private static List<Path> files(Path root, List<String> parts) throws IOException {
        Stream.Builder<Path> all = Stream.builder();
        for (String part : parts) {
            try (Stream<Path> files = Files.walk(root.resolve(part))) {
                files.filter(Files::isRegularFile).sorted().forEach(all);
            }
        }
        return all.build().toList();
    }
}
