package dev.tidemark.cli.push;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.cli.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mutations of a source, in its order. A line is read once, as tokens, and sent as it stands, but for what the request
 * says already or must say: {@code project} is taken out, {@code replica} is put in where it is missing. All rules about
 * mutations are the server's.
 */
final class MutationLines {
    private final LineSource source;
    private final String project;
    private final Optional<String> replica;

    /** @param replica for lines that name none */
    MutationLines(LineSource source, String project, Optional<String> replica) {
        this.source = source;
        this.project = project;
        this.replica = replica;
    }

    /** The next mutation, or null when there is none. @throws BadLine that names it */
    @Nullable
    MutationLine next() {
        while (true) {
            byte[] line = source.next();
            if (line == null) return null;
            if (!isBlank(line)) return mutation(line);
        }
    }

    private MutationLine mutation(byte[] line) {
        Members members = new Members();
        try (JsonParser parser = Json.FACTORY.createParser(line)) {
            members.read(parser);
        } catch (JsonProcessingException e) {
            throw failure("is malformed JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw failure("cannot be read: " + e.getMessage());
        }
        if (members.project != null && !members.project.equals(project))
            throw failure("is for project '" + members.project + "', but this push is for '" + project + "'");
        if (members.localSeq == null) throw failure("has no whole number local_seq");
        String own = members.replica;
        if (own == null && replica.isEmpty()) throw failure("names no replica; put one in, or give --replica");
        byte[] bytes = members.without(line);
        return new MutationLine(
                source.lineNumber(),
                members.localSeq,
                own == null ? replica.orElseThrow() : own,
                own == null ? withReplica(bytes, replica.orElseThrow()) : bytes);
    }

    private BadLine failure(String what) {
        return new BadLine(source.name() + " line " + source.lineNumber() + " " + what);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) if (b != ' ' && b != '\t' && b != '\r') return false;
        return true;
    }

    private static byte[] withReplica(byte[] object, String replica) {
        int open = indexOf(object, (byte) '{');
        byte[] member = ("{\"replica\":\"" + replica + "\",").getBytes(StandardCharsets.UTF_8);
        return spliced(object, open, open + 1, member);
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        int at = 0;
        while (bytes[at] != wanted) at++;
        return at;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
        byte[] result = new byte[bytes.length - (to - from) + instead.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(instead, 0, result, from, instead.length);
        System.arraycopy(bytes, to, result, from + instead.length, bytes.length - to);
        return result;
    }

    /** What must be known of an object's top level, found in one pass over its tokens. */
    private static final class Members {
        private @Nullable String project;
        private @Nullable String replica;
        private @Nullable Long localSeq;
        private int projectFrom = -1;
        private int projectTo;

        void read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw new JsonParseException(parser, "not an object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                int nameFrom = (int) parser.currentTokenLocation().getByteOffset();
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "project" -> takeProject(parser, value, nameFrom);
                    case "replica" -> replica = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                    case "local_seq" -> localSeq = wholeNumber(parser, value);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) throw new JsonParseException(parser, "more than one value");
        }

        /** The line with {@code "project": …} and the comma that belongs to it cut out. */
        byte[] without(byte[] line) {
            if (projectFrom < 0) return line;
            int from = projectFrom;
            int to = projectTo;
            while (isSpace(line[to])) to++;
            if (line[to] == ',') return spliced(line, from, to + 1, new byte[0]);
            while (isSpace(line[from - 1])) from--;
            return spliced(line, line[from - 1] == ',' ? from - 1 : from, to, new byte[0]);
        }

        private void takeProject(JsonParser parser, JsonToken value, int nameFrom) throws IOException {
            project = value == JsonToken.VALUE_STRING ? parser.getText() : "";
            parser.skipChildren();
            parser.finishToken();
            projectFrom = nameFrom;
            projectTo = (int) parser.currentLocation().getByteOffset();
        }

        private static @Nullable Long wholeNumber(JsonParser parser, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER)
                return parser.getLongValue();
            parser.skipChildren();
            return null;
        }

        private static boolean isSpace(byte b) {
            return b == ' ' || b == '\t' || b == '\r';
        }
    }
}
