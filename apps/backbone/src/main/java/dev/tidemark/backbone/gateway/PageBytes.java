package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.topology.store.ChangeRow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A page of the contract, spliced from the rows' own bytes: nothing is encoded again. */
final class PageBytes {
    private PageBytes() {}

    /** @param filtered the page shows some entity types only: it carries no digest (semantics, section 7) */
    static byte[] of(PageRules.Page<ChangeRow> page, boolean filtered) {
        int bytes = 512;
        for (ChangeRow row : page.rows()) bytes += row.bytes() + 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes);
        write(out, "{\"changes\":[");
        boolean first = true;
        for (ChangeRow row : page.rows()) {
            if (!first) out.write(',');
            first = false;
            out.writeBytes(row.json());
        }
        Cursor cursor = page.cursor();
        write(out, "],\"cursor\":\"");
        write(out, CursorToken.encode(cursor));
        write(out, "\",\"has_more\":");
        write(out, Boolean.toString(page.hasMore()));
        write(out, ",\"head\":{\"epoch\":\"" + cursor.epoch().hex());
        write(out, "\",\"seq\":" + cursor.seq().value());
        write(out, ",\"ordinal\":" + cursor.ordinal().value());
        write(out, ",\"count\":" + page.count());
        Digest digest = page.digest();
        if (!filtered && digest != null) write(out, ",\"digest\":\"" + digest.hex() + "\"");
        write(out, "}}");
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
