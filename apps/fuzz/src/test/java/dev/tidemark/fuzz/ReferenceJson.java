package dev.tidemark.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON after RFC 8259 and its canonical text after semantics, section 8, a second time: shares no line and no library with the
 * product.
 */
public final class ReferenceJson {
    private static final int DEPTH_MAX = 64;

    private final String text;
    private int at;
    private int depth;

    private ReferenceJson(String text) {
        this.text = text;
    }

    /** Empty: it has no canonical text. */
    public static Optional<String> canonical(String text) {
        try {
            ReferenceJson json = new ReferenceJson(text);
            String value = json.value();
            json.skipSpace();
            return json.at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private String value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> ReferenceText.canonical(string());
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private String object() {
        open();
        TreeMap<String, String> members = new TreeMap<>(ReferenceText.BY_UTF8);
        while (!tryTake('}')) {
            if (!members.isEmpty()) take(',');
            skipSpace();
            if (peek() != '"') throw new Refused();
            String name = string();
            skipSpace();
            take(':');
            if (members.put(name, value()) != null) throw new Refused();
            skipSpace();
        }
        depth--;
        List<String> written = new ArrayList<>();
        members.forEach((name, value) -> written.add(ReferenceText.canonical(name) + ":" + value));
        return "{" + String.join(",", written) + "}";
    }

    private String array() {
        open();
        List<String> elements = new ArrayList<>();
        while (!tryTake(']')) {
            if (!elements.isEmpty()) take(',');
            elements.add(value());
            skipSpace();
        }
        depth--;
        return "[" + String.join(",", elements) + "]";
    }

    private void open() {
        at++;
        if (++depth > DEPTH_MAX) throw new Refused();
        skipSpace();
    }

    private String string() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') end += text.charAt(end) == '\\' ? 2 : 1;
        if (end >= text.length()) throw new Refused();
        String inner = text.substring(at + 1, end);
        at = end + 1;
        return ReferenceText.unescaped(inner).orElseThrow(Refused::new);
    }

    private String number() {
        int end = at;
        while (end < text.length() && "+-.eE0123456789".indexOf(text.charAt(end)) >= 0) end++;
        String number = text.substring(at, end);
        at = end;
        return ReferenceNumber.canonical(number).orElseThrow(Refused::new);
    }

    private String word(String word) {
        if (!text.startsWith(word, at)) throw new Refused();
        at += word.length();
        return word;
    }

    private void take(char wanted) {
        if (!tryTake(wanted)) throw new Refused();
    }

    private boolean tryTake(char wanted) {
        if (peek() != wanted) return false;
        at++;
        return true;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
