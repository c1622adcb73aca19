package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.Surroundings.ErrKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command that ran to its end: how it ended and what it printed. */
record Run(int status, String out, String err) {
    static Run of(String... arguments) {
        return reading("", arguments);
    }

    /** @param in what stands on its standard input */
    static Run reading(String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                ErrKind.PLAIN,
                Map.of());
        int status = Commands.run(surroundings, arguments);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
