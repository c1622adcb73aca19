package dev.tidemark.cli.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Answer;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.read.Change.ChangeFacts;
import dev.tidemark.cli.read.Change.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of changes. Rows are cut from the answer and not written anew, so that numbers keep all their digits. */
record Page(List<Change> changes, String cursor, boolean hasMore, Head head) {
    /** @throws CommandFailure if the answer is no page */
    static Page of(Answer answer) {
        Reader reader = new Reader(answer.body());
        try (JsonParser parser = Json.FACTORY.createParser(answer.body())) {
            parser.setCodec(Json.MAPPER);
            reader.read(parser);
        } catch (JsonProcessingException e) {
            throw broken(answer, e.getOriginalMessage());
        } catch (IOException e) {
            throw broken(answer, String.valueOf(e.getMessage()));
        }
        if (reader.cursor == null || reader.hasMore == null || reader.head == null)
            throw broken(answer, "it lacks cursor, has_more or head");
        return new Page(reader.changes, reader.cursor, reader.hasMore, Head.of(reader.head));
    }

    private static CommandFailure broken(Answer answer, String why) {
        return new CommandFailure(answer.from() + " answered with something that is not a page of changes: " + why
                + "; is a Tidemark there?");
    }

    /** State of one pass over the tokens. */
    private static final class Reader {
        private final byte[] body;
        private final List<Change> changes = new ArrayList<>();
        private @Nullable String cursor;
        private @Nullable Boolean hasMore;
        private @Nullable JsonNode head;

        Reader(byte[] body) {
            this.body = body;
        }

        void read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) return;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "changes" -> readChanges(parser, value);
                    case "cursor" -> cursor = parser.getValueAsString();
                    case "has_more" -> hasMore = value == JsonToken.VALUE_TRUE;
                    case "head" -> head = parser.readValueAsTree();
                    default -> parser.skipChildren();
                }
            }
        }

        private void readChanges(JsonParser parser, JsonToken value) throws IOException {
            if (value != JsonToken.START_ARRAY) return;
            while (parser.nextToken() == JsonToken.START_OBJECT) changes.add(change(parser));
        }

        private Change change(JsonParser parser) throws IOException {
            int from = offsetBefore(parser);
            long seq = -1;
            long version = 0;
            String entity = "";
            String key = "";
            String op = "";
            String hash = null;
            String payload = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "seq" -> seq = parser.getValueAsLong();
                    case "version" -> version = parser.getValueAsLong();
                    case "entity" -> entity = parser.getValueAsString("");
                    case "entity_key" -> key = parser.getValueAsString("");
                    case "op" -> op = parser.getValueAsString("");
                    case "hash" -> hash = parser.getValueAsString();
                    case "payload" -> payload = text(parser);
                    default -> parser.skipChildren();
                }
            }
            Slice line = new Slice(body, from, offsetAfter(parser));
            return new Change(new EntityKey(entity, key), new ChangeFacts(seq, version, op), payload, hash, line);
        }

        private String text(JsonParser parser) throws IOException {
            int from = offsetBefore(parser);
            parser.skipChildren();
            return new Slice(body, from, offsetAfter(parser)).text();
        }

        private static int offsetBefore(JsonParser parser) {
            return (int) parser.currentTokenLocation().getByteOffset();
        }

        private static int offsetAfter(JsonParser parser) {
            return (int) parser.currentLocation().getByteOffset();
        }
    }
}
