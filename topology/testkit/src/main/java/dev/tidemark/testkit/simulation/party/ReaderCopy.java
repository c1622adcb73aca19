package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import java.util.HashMap;
import java.util.Map;

/** What a reader keeps: images, each with the number of the full read that saw it last. */
final class ReaderCopy {
    private record Row(String image, int pass) {}

    private final Map<EntityId, Row> rows = new HashMap<>();
    private int pass;
    private boolean inFullRead;

    void startFullRead() {
        pass++;
        inFullRead = true;
    }

    /** What came before is not finished. */
    void breakOff() {
        inFullRead = false;
    }

    boolean isInFullRead() {
        return inFullRead;
    }

    void take(PulledPage page) {
        for (PulledPage.Row row : page.rows()) {
            if (row.image() == null) rows.remove(row.id());
            else rows.put(row.id(), new Row(row.image().canonical(), pass));
        }
        if (page.hasMore() || !inFullRead) return;
        rows.values().removeIf(row -> row.pass() != pass);
        inFullRead = false;
    }

    Map<EntityId, String> images() {
        Map<EntityId, String> images = new HashMap<>();
        rows.forEach((id, row) -> images.put(id, row.image()));
        return images;
    }

    Digest digest() {
        return images().entrySet().stream()
                .map(entry -> Hashes.entry(EntityPath.of(entry.getKey()), Hashes.image(entry.getValue())))
                .reduce(Digest.ZERO, Digest::plus);
    }
}
