package dev.tidemark.algebra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the text of a query by recursive descent:
 *
 * <pre>
 * query := term ("AND" term)*
 * term  := field ("eq" value | "in" "[" value ("," value)* "]")
 * field := [A-Za-z_][A-Za-z0-9_.-]* | JSON string
 * value := JSON string, number, true, false, null | 'text, where \' and \\ are escapes'
 * </pre>
 *
 * <p>Keywords are in any case. Between tokens there may be white space; between two bare words there must be.
 */
final class QueryParser {
    private static final String A_VALUE = "a string, number, true, false or null";
    private static final String A_FIELD = "a field name";

    private final String text;
    private int at;

    QueryParser(String text) {
        this.text = text;
    }

    List<Query.Term> parse() {
        if (text.length() > Query.TEXT_MAX_CHARS)
            throw QueryError.over(Query.TEXT_MAX_CHARS + " characters", Query.TEXT_MAX_CHARS);
        List<Query.Term> terms = new ArrayList<>();
        terms.add(term());
        while (skipSpace()) {
            if (!takeWord("and")) throw expected("AND or the end");
            if (terms.size() == Query.TERMS_MAX) throw QueryError.over(Query.TERMS_MAX + " terms", at);
            terms.add(term());
        }
        return terms;
    }

    private Query.Term term() {
        skipSpace();
        String field = field();
        skipSpace();
        if (takeWord("eq")) return new Query.Term(field, List.of(value()));
        if (takeWord("in")) return new Query.Term(field, values());
        throw expected("eq or in");
    }

    private String field() {
        if (peek() == '"') {
            String quoted = json(at, quotedEnd('"'), A_FIELD);
            return CanonicalString.decode(quoted, 1, quoted.length() - 1);
        }
        int end = wordEnd();
        if (end == at || !isFieldStart(text.charAt(at))) throw expected(A_FIELD);
        return take(end);
    }

    private List<String> values() {
        skipSpace();
        takeChar('[', "[");
        Set<String> values = new LinkedHashSet<>();
        int count = 0;
        do {
            if (count++ == Query.VALUES_MAX) throw QueryError.over(Query.VALUES_MAX + " values in one list", at);
            values.add(value());
            skipSpace();
        } while (tryChar(','));
        takeChar(']', ", or ]");
        return List.copyOf(values);
    }

    private String value() {
        skipSpace();
        return switch (peek()) {
            case '"' -> json(at, quotedEnd('"'), A_VALUE);
            case '\'' -> singleQuoted();
            default -> bareValue();
        };
    }

    private String bareValue() {
        int end = at;
        while (end < text.length() && !isDelimiter(text.charAt(end))) end++;
        return json(at, end, A_VALUE);
    }

    private String singleQuoted() {
        int start = at;
        int end = quotedEnd('\'');
        StringBuilder out = new StringBuilder(end - start);
        for (int i = start + 1; i < end - 1; i++) {
            if (text.charAt(i) == '\\') i = escapedAt(i);
            out.append(text.charAt(i));
        }
        at = end;
        try {
            return CanonicalJson.quote(out.toString());
        } catch (RefusedJson e) {
            throw QueryError.expected("a string of valid Unicode", text, start);
        }
    }

    private int escapedAt(int backslash) {
        char escaped = text.charAt(backslash + 1);
        if (escaped != '\'' && escaped != '\\') throw QueryError.expected("\\' or \\\\", text, backslash);
        return backslash + 1;
    }

    /** Canonical scalar of a part of the text, which is then behind. */
    private String json(int start, int end, String what) {
        try {
            String value = CanonicalJson.of(text.substring(start, end));
            if (!CanonicalJson.isScalar(value)) throw QueryError.expected(what, text, start);
            at = end;
            return value;
        } catch (RefusedJson e) {
            throw QueryError.expected(what, text, start);
        }
    }

    /** Index after the closing quote of the quoted text that starts here. */
    private int quotedEnd(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) end += text.charAt(end) == '\\' ? 2 : 1;
        if (end >= text.length()) throw QueryError.expected("a closing " + quote, text, text.length());
        return end + 1;
    }

    private boolean takeWord(String word) {
        int end = wordEnd();
        boolean found = end - at == word.length() && text.regionMatches(true, at, word, 0, word.length());
        if (found) at = end;
        return found;
    }

    private int wordEnd() {
        int end = at;
        while (end < text.length() && isFieldChar(text.charAt(end))) end++;
        return end;
    }

    private String take(int end) {
        String taken = text.substring(at, end);
        at = end;
        return taken;
    }

    private void takeChar(char wanted, String what) {
        if (!tryChar(wanted)) throw expected(what);
    }

    private boolean tryChar(char wanted) {
        if (peek() != wanted || at == text.length()) return false;
        at++;
        return true;
    }

    /** @return whether anything is left */
    private boolean skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) at++;
        return at < text.length();
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private QueryError expected(String what) {
        return QueryError.expected(what, text, at);
    }

    private static boolean isDelimiter(char c) {
        return isSpace(c) || c == ',' || c == '[' || c == ']' || c == '"' || c == '\'';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isFieldStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isFieldChar(char c) {
        return isFieldStart(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
    }
}
