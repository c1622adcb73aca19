package dev.tidemark.cli.it;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.command.Commands;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command of the command line, run to its end in this process. */
final class Cli {
    private Cli() {}

    /** How it ended and what it printed. */
    record Result(int status, String out, String err) {
        Result expectDone() {
            if (status != 0) throw new AssertionError("status " + status + ": " + err);
            return this;
        }
    }

    static Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Surroundings.ErrKind.PLAIN,
                Map.of());
        int status = Commands.run(surroundings, arguments);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
