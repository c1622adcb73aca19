package dev.tidemark.cli.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with all that is in it. */
public final class FileTree {
    private FileTree() {}

    /** Nothing happens where it is not there. */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root)) return;
        for (Path each : deepestFirst(root)) Files.delete(each);
    }

    private static List<Path> deepestFirst(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
