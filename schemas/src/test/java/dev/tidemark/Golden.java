package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that say what must not change by accident. {@code -Dgolden.write=true} writes them anew, to be reviewed in the diff.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    private Golden() {}

    public static void check(String file, String actual) {
        if (WRITE) write(FOLDER.resolve(file), actual);
        assertThat(actual)
                .as("%s; if the change is meant: ./mvnw -pl schemas test -Dgolden.write=true", file)
                .isEqualTo(read(file));
    }

    public static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
