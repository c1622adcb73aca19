package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.Sha256;
import java.nio.charset.StandardCharsets;

/** Names of our functions and triggers: {@code tidemark_<table>_<hash>}, within what PostgreSQL keeps of a name. */
final class ObjectName {
    /** PostgreSQL cuts identifiers behind it, silently. */
    static final int NAME_MAX_BYTES = 63;

    private static final String PREFIX = "tidemark_";
    /** 64 bits: two of a thousand objects meet once in 10^13 configs. */
    private static final int HASH_CHARS = 16;

    private ObjectName() {}

    /** @param identity what tells this object from all others; the same identity has the same name for ever */
    static String of(String table, String identity) {
        String hash = Sha256.hex(identity).substring(0, HASH_CHARS);
        return PREFIX + cut(table, NAME_MAX_BYTES - PREFIX.length() - 1 - HASH_CHARS) + "_" + hash;
    }

    /** The longest beginning of whole characters within a number of bytes. */
    private static String cut(String text, int bytesMax) {
        int end = text.length();
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytesMax)
            end = text.offsetByCodePoints(end, -1);
        return text.substring(0, end);
    }
}
