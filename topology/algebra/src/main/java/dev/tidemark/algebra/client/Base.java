package dev.tidemark.algebra.client;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the replica has of the log. Every row carries the number of the full read that saw it last, so that the end of a full
 * read can delete what it did not see.
 */
final class Base {
    private final Map<EntityId, BaseRow> rows = new HashMap<>();
    private int pass;
    private boolean inFullRead;

    Base() {}

    Base(Base other) {
        rows.putAll(other.rows);
        pass = other.pass;
        inFullRead = other.inFullRead;
    }

    Map<EntityId, BaseRow> rows() {
        return rows;
    }

    @Nullable
    BaseRow row(EntityId id) {
        return rows.get(id);
    }

    /** @param image null: deleted */
    void take(EntityId id, @Nullable Image image, Place place) {
        if (image == null) rows.remove(id);
        else rows.put(id, new BaseRow(image, place, pass));
    }

    void startFullRead() {
        pass++;
        inFullRead = true;
    }

    /** Number of the last full read. */
    int pass() {
        return pass;
    }

    boolean isInFullRead() {
        return inFullRead;
    }

    /** At the end of a full read, deletes what it did not see. */
    void endFullRead() {
        if (inFullRead) rows.values().removeIf(row -> row.pass() != pass);
        inFullRead = false;
    }

    Digest digest() {
        Digest sum = Digest.ZERO;
        for (Map.Entry<EntityId, BaseRow> row : rows.entrySet()) {
            String path = EntityPath.of(row.getKey());
            sum = sum.plus(
                    Hashes.entry(path, Hashes.image(row.getValue().image().canonical())));
        }
        return sum;
    }
}
