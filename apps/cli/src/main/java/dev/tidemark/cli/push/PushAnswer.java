package dev.tidemark.cli.push;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.Answer;
import dev.tidemark.cli.client.ConnectionLost;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.ServerProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request: a result per mutation in order, or fewer and the problem that stopped the rest. An answer that
 * does not match its request in count and local seqs counts as lost, whole (semantics, section 6, step 3).
 *
 * @param results of the oldest mutations of the request
 */
record PushAnswer(List<PushResult> results, Optional<ServerProblem> problem) {
    /**
     * @throws ConnectionLost if the answer does not fit the request
     * @throws dev.tidemark.cli.CommandFailure if it is no answer to a push at all
     */
    static PushAnswer of(Answer answer, PushBatch request) {
        answer.requireLines();
        List<PushResult> results = new ArrayList<>(request.size());
        ServerProblem problem = null;
        try (JsonParser parser = Json.FACTORY.createParser(answer.body())) {
            parser.setCodec(Json.MAPPER);
            while (problem == null && parser.nextToken() != null) {
                Line line = Line.read(parser);
                if (line.problem != null)
                    problem = ServerProblem.of(line.problem, answer.status(), answer.retryAfter());
                else results.add(fitting(line, results.size(), request));
            }
        } catch (JsonProcessingException e) {
            throw lost("it is cut off or malformed: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw lost(String.valueOf(e.getMessage()));
        }
        if (problem == null && results.size() != request.size())
            throw lost("it has " + results.size() + " results for " + request.size() + " mutations");
        return new PushAnswer(results, Optional.ofNullable(problem));
    }

    private static PushResult fitting(Line line, int index, PushBatch request) {
        if (index >= request.size()) throw lost("it has more results than the request had mutations");
        MutationLine sent = request.lines().get(index);
        if (line.localSeq == null || line.localSeq != sent.localSeq())
            throw lost("result " + (index + 1) + " is for local seq " + line.localSeq + ", not " + sent.localSeq());
        OutcomeWord outcome = line.outcome == null ? null : OutcomeWord.of(line.outcome);
        if (outcome == null) throw lost("'" + line.outcome + "' is no outcome");
        return new PushResult(line.localSeq, outcome, line.reason, line.detail);
    }

    private static ConnectionLost lost(String why) {
        return new ConnectionLost("the answer does not fit the request: " + why);
    }

    /** One object of the answer. */
    private static final class Line {
        private @Nullable Long localSeq;
        private @Nullable String outcome;
        private @Nullable String reason;
        private @Nullable String detail;
        private @Nullable JsonNode problem;

        static Line read(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) throw lost("a line of it is no object");
            Line line = new Line();
            while (parser.nextToken() == JsonToken.FIELD_NAME) line.member(parser);
            return line;
        }

        private void member(JsonParser parser) throws IOException {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "local_seq" -> localSeq = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
                case "outcome" -> outcome = parser.getValueAsString();
                case "reason" -> reason = parser.getValueAsString();
                case "detail" -> detail = parser.getValueAsString();
                case "problem" -> problem = parser.readValueAsTree();
                default -> parser.skipChildren();
            }
        }
    }
}
