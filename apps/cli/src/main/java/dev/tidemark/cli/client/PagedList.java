package dev.tidemark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A list of the server, read to its end: each page names in {@code next} what the one behind it comes after. */
public final class PagedList {
    private static final int PAGE_ROWS = 500;

    private final ServerClient server;
    private final Patience patience;

    public PagedList(ServerClient server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    /** @param list makes the request of a page, but for where it begins */
    public void read(Supplier<Resource> list, Consumer<JsonNode> row) {
        String after = "";
        while (true) {
            Resource page = list.get().with("limit", PAGE_ROWS);
            if (!after.isEmpty()) page.with("after", after);
            JsonNode answer = patience.insist(() -> server.getJson(page));
            List<JsonNode> rows = Json.rows(answer);
            rows.forEach(row);
            after = answer.path("next").asText("");
            if (rows.isEmpty() || after.isEmpty()) return;
        }
    }
}
