package dev.tidemark.algebra;

import dev.tidemark.model.EntityId;
import dev.tidemark.model.Names;
import java.nio.charset.StandardCharsets;

/**
 * Address of an entity (semantics, section 8): project, type and key joined by {@code /}, each UTF-8 byte outside
 * {@code A-Za-z0-9._~-} as {@code %XX}, upper case.
 *
 * <p>Invariant: {@link #of} and {@link #parse} are inverse, and every path has exactly one spelling. Parts are valid
 * Unicode and not empty, so that no two entities share a path.
 */
public final class EntityPath {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private EntityPath() {}

    public static String of(EntityId id) {
        return of(id.project(), id.entity(), id.key());
    }

    /** @throws IllegalArgumentException if a part is empty or has a lone surrogate */
    public static String of(String project, String entity, String key) {
        StringBuilder out = prefix(project, entity, key.length());
        append(out, key);
        return out.toString();
    }

    /** @throws IllegalArgumentException unless the path is exactly what {@link #of} writes */
    public static EntityId parse(String path) {
        int first = path.indexOf('/');
        int second = path.indexOf('/', first + 1);
        if (first < 0 || second < 0) throw notAPath();
        EntityId id = new EntityId(
                decode(path.substring(0, first)),
                decode(path.substring(first + 1, second)),
                decode(path.substring(second + 1)));
        if (!of(id).equals(path)) throw notAPath();
        return id;
    }

    /** @throws IllegalArgumentException if the path has no project */
    public static String projectOf(String path) {
        int end = path.indexOf('/');
        if (end <= 0) throw notAPath();
        return decode(path.substring(0, end));
    }

    /** What the paths of the project's entities of a type start with, and no other path does. */
    public static String typePrefix(String project, String entity) {
        return prefix(project, entity, 0).toString();
    }

    private static StringBuilder prefix(String project, String entity, int more) {
        StringBuilder out = new StringBuilder(project.length() + entity.length() + more + 2);
        append(out, project);
        out.append('/');
        append(out, entity);
        return out.append('/');
    }

    private static void append(StringBuilder out, String part) {
        if (part.isEmpty()) throw new IllegalArgumentException("a part of a path is empty");
        if (isUnreserved(part)) out.append(part);
        else appendEncoded(out, part);
    }

    private static void appendEncoded(StringBuilder out, String part) {
        if (!Names.isUnicode(part)) throw new IllegalArgumentException("a part of a path has a lone surrogate");
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && isUnreserved((char) b)) out.append((char) b);
            else out.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
        }
    }

    /** Lenient; {@link #parse} writes the path again to see whether it was one. */
    private static String decode(String part) {
        if (part.indexOf('%') < 0) return part;
        byte[] bytes = new byte[part.length()];
        int length = 0;
        for (int i = 0; i < part.length(); length++) {
            boolean escape = part.charAt(i) == '%';
            bytes[length] = (byte) (escape ? byteAt(part, i + 1) : part.charAt(i));
            i += escape ? 3 : 1;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int byteAt(String part, int at) {
        int high = at + 1 < part.length() ? Character.digit(part.charAt(at), 16) : -1;
        int low = at + 1 < part.length() ? Character.digit(part.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) throw notAPath();
        return high << 4 | low;
    }

    private static boolean isUnreserved(String part) {
        for (int i = 0; i < part.length(); i++) if (!isUnreserved(part.charAt(i))) return false;
        return true;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '~'
                || c == '-';
    }

    private static IllegalArgumentException notAPath() {
        return new IllegalArgumentException("not the path of an entity");
    }
}
