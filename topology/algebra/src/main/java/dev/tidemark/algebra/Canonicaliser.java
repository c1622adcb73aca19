package dev.tidemark.algebra;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.tidemark.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the canonical form of one JSON text while its tokens come in. Members are written in the order they come; an
 * object whose members came out of order is put in order when it closes.
 *
 * <p>Invariants: recursion ends at {@link CanonicalJson#DEPTH_MAX}; every limit is Tidemark's own, the tokeniser's are
 * lifted, so that a refusal has the right reason.
 */
final class Canonicaliser {
    // Names are neither interned nor shared: what producers call their fields must not stay in memory.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name, CanonicalJson.NAMES);

    private final JsonParser tokens;
    private final StringBuilder out;

    private Canonicaliser(JsonParser tokens, int capacity) {
        this.tokens = tokens;
        this.out = new StringBuilder(capacity);
    }

    /** @throws RefusedJson if the text has no canonical form */
    static String canonical(String json) {
        int wide = JsonEscapes.firstWide(json);
        if (wide >= 0) throw malformed(wide, "something does not belong there");
        try (JsonParser tokens = FACTORY.createParser(json)) {
            Canonicaliser canonicaliser = new Canonicaliser(tokens, json.length());
            canonicaliser.root();
            return json.contentEquals(canonicaliser.out) ? json : canonicaliser.out.toString();
        } catch (JsonEOFException e) {
            throw malformed(json.length(), "it ends early");
        } catch (JsonProcessingException e) {
            throw malformed(offsetOf(e, json.length()), "something does not belong there");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A member written to {@code out}: where it starts, and where it ends. */
    private record Member(String name, int start, int end) {}

    private void root() throws IOException {
        JsonToken first = tokens.nextToken();
        if (first == null) throw malformed(0, "it is empty");
        value(first, 0);
        if (tokens.nextToken() != null) throw malformed(tokenOffset(), "more follows the value");
    }

    private void value(JsonToken token, int depth) throws IOException {
        switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> out.append("true");
            case VALUE_FALSE -> out.append("false");
            case VALUE_NULL -> out.append("null");
            default -> throw malformed(tokenOffset(), "something does not belong there");
        }
    }

    private void object(int depth) throws IOException {
        checkDepth(depth);
        out.append('{');
        List<Member> members = new ArrayList<>();
        boolean inOrder = true;
        String last = null;
        for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
            if (last != null) out.append(',');
            inOrder = inOrder && (last == null || CanonicalJson.compareNames(last, name) < 0);
            members.add(member(name, depth));
            last = name;
        }
        if (!inOrder) putInOrder(members);
        out.append('}');
    }

    private Member member(String name, int depth) throws IOException {
        int start = out.length();
        name(name);
        out.append(':');
        value(tokens.nextToken(), depth);
        return new Member(name, start, out.length());
    }

    private void name(String name) {
        try {
            CanonicalString.append(out, name);
        } catch (RefusedJson e) {
            throw RefusedJson.at(e.reason(), tokenOffset());
        }
    }

    private void putInOrder(List<Member> members) {
        int first = members.get(0).start();
        String written = out.substring(first);
        members.sort(BY_NAME);
        refuseDuplicates(members);
        out.setLength(first);
        for (Member member : members) {
            if (out.length() > first) out.append(',');
            out.append(written, member.start() - first, member.end() - first);
        }
    }

    private void refuseDuplicates(List<Member> inOrder) {
        for (int i = 1; i < inOrder.size(); i++)
            if (inOrder.get(i - 1).name().equals(inOrder.get(i).name()))
                throw new RefusedJson(
                        Reason.DUPLICATE_MEMBER,
                        tokenOffset(),
                        Reason.DUPLICATE_MEMBER.detail() + ", the one that ends at character " + tokenOffset());
    }

    private void array(int depth) throws IOException {
        checkDepth(depth);
        out.append('[');
        int first = out.length();
        for (JsonToken token = tokens.nextToken(); token != JsonToken.END_ARRAY; token = tokens.nextToken()) {
            if (out.length() > first) out.append(',');
            value(token, depth);
        }
        out.append(']');
    }

    private void string() throws IOException {
        int from = tokens.getTextOffset();
        int to = from + tokens.getTextLength();
        int lone = CanonicalString.append(out, tokens.getTextCharacters(), from, to);
        if (lone >= 0) throw RefusedJson.at(Reason.LONE_SURROGATE, tokenOffset());
    }

    private void number() throws IOException {
        int from = tokens.getTextOffset();
        int to = from + tokens.getTextLength();
        if (!CanonicalNumber.append(out, tokens.getTextCharacters(), from, to))
            throw RefusedJson.at(Reason.NUMBER_RANGE, tokenOffset());
    }

    private void checkDepth(int depth) {
        if (depth > CanonicalJson.DEPTH_MAX) throw RefusedJson.at(Reason.TOO_DEEP, tokenOffset());
    }

    private long tokenOffset() {
        return tokens.currentTokenLocation().getCharOffset();
    }

    private static long offsetOf(JsonProcessingException e, int length) {
        if (e.getLocation() == null) return 0;
        return Math.min(Math.max(e.getLocation().getCharOffset(), 0), length);
    }

    private static RefusedJson malformed(long offset, String why) {
        String detail = Reason.MALFORMED_JSON.detail() + ": " + why + ", near character " + offset;
        return new RefusedJson(Reason.MALFORMED_JSON, offset, detail);
    }
}
