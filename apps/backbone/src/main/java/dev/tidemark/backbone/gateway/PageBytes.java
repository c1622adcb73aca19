package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.topology.store.ChangeRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A page of the contract, spliced from the rows' own bytes: nothing is encoded again, and nothing is copied twice. */
final class PageBytes {
    private PageBytes() {}

    /** @param filtered the page shows some entity types only: it carries no digest (semantics, section 7) */
    static byte[] of(PageRules.Page<ChangeRow> page, boolean filtered) {
        return framed("", page, filtered, "");
    }

    /** The same with something before and after it. */
    static byte[] framed(String before, PageRules.Page<ChangeRow> page, boolean filtered, String after) {
        byte[] begin = utf8(before + "{\"changes\":[");
        byte[] end = utf8(end(page, filtered) + after);
        int length = begin.length + end.length + Math.max(0, page.rows().size() - 1);
        for (ChangeRow row : page.rows()) length += row.bytes();
        ByteBuffer out = ByteBuffer.allocate(length).put(begin);
        boolean first = true;
        for (ChangeRow row : page.rows()) {
            if (!first) out.put((byte) ',');
            first = false;
            out.put(row.json());
        }
        return out.put(end).array();
    }

    private static String end(PageRules.Page<ChangeRow> page, boolean filtered) {
        Cursor cursor = page.cursor();
        Digest digest = filtered ? null : page.digest();
        return "],\"cursor\":\"" + CursorToken.encode(cursor)
                + "\",\"has_more\":" + page.hasMore()
                + ",\"head\":{\"epoch\":\"" + cursor.epoch().hex()
                + "\",\"seq\":" + cursor.seq().value()
                + ",\"ordinal\":" + cursor.ordinal().value()
                + ",\"count\":" + page.count()
                + (digest == null ? "" : ",\"digest\":\"" + digest.hex() + "\"")
                + "}}";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
