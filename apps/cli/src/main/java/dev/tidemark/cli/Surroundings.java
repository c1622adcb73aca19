package dev.tidemark.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command may see of the process it runs in.
 *
 * @param out raw, so that a closed pipe is an error and not a silence; whoever writes much wraps it in a buffer
 * @param errKind whether a person watches {@code err}
 */
public record Surroundings(
        InputStream in, OutputStream out, PrintStream err, ErrKind errKind, Map<String, String> environment) {
    /** Where progress goes: a terminal gets a bar, anything else plain lines. */
    public enum ErrKind {
        TERMINAL,
        PLAIN
    }

    /** The launcher knows whether stderr is a terminal and says so here; Java 17 cannot ask. */
    private static final String ERR_KIND_PROPERTY = "tidemark.stderr";

    public static Surroundings ofProcess() {
        ErrKind kind = "terminal".equals(System.getProperty(ERR_KIND_PROPERTY)) ? ErrKind.TERMINAL : ErrKind.PLAIN;
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                kind,
                System.getenv());
    }

    /** Where a relative path starts. */
    public Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }
}
