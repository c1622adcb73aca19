package dev.tidemark.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The entities of a listing, over all of its pages. */
final class Pages implements Iterator<JsonNode> {
    private final Function<@Nullable String, JsonNode> pageAfter;
    private Iterator<JsonNode> page = Collections.emptyIterator();
    private @Nullable String next;
    private boolean begun;

    /** @param pageAfter the page behind a key, or the first */
    Pages(Function<@Nullable String, JsonNode> pageAfter) {
        this.pageAfter = pageAfter;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && (!begun || next != null)) turn();
        return page.hasNext();
    }

    @Override
    public JsonNode next() {
        if (!hasNext()) throw new NoSuchElementException();
        return page.next();
    }

    /** A page may be empty although another follows: where the query met nothing. */
    private void turn() {
        JsonNode json = pageAfter.apply(next);
        begun = true;
        page = json.path("entities").iterator();
        next = json.hasNonNull("next") ? json.path("next").asText() : null;
    }
}
