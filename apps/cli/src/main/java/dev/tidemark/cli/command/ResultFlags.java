package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** How a result is shown: for a person, or with {@code --json} as one line for a program. */
final class ResultFlags {
    private final Surroundings surroundings;

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    ResultFlags(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    boolean isJson() {
        return json;
    }

    void print(String text, JsonNode result) {
        line(json ? Json.text(result) : text);
    }

    void line(String text) {
        try {
            surroundings.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
            surroundings.out().flush();
        } catch (IOException e) {
            throw new CommandFailure("cannot write to stdout: " + e.getMessage(), e);
        }
    }
}
