package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.testkit.ChangeIndex;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.ServedWatch;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts pages from Materialize's state, by the page rules, or says why it cannot. */
final class PullGateway {
    private final MaterializeTask materialize;
    private final LogTopic log;
    private final ServedWatch watch;

    PullGateway(MaterializeTask materialize, LogTopic log, ServedWatch watch) {
        this.materialize = materialize;
        this.log = log;
        this.watch = watch;
    }

    /**
     * @param from null: the beginning of a full read
     * @param digest of a head that was read before; null: as the rows have it
     * @return empty: 503, try again
     */
    Optional<Pulled> pull(@Nullable Cursor from, Set<String> entities, int rowsMax, @Nullable Digest digest) {
        if (!materialize.serves()) return Optional.empty();
        MaterializeState state = materialize.state();
        Cursor start = from == null ? beginning(state, filterHash(entities)) : begun(from, state);
        if (!start.epoch().equals(state.head.epoch()) || state.index.isExpired(start))
            return Optional.of(new Pulled.Expired());
        if (start.seq().isAfter(state.head.seq())) return ahead(start);
        PageRules.Page<ChangeIndex.Row> page = state.index.page(start, rowsMax, entities);
        if (page.digest() == null) return Optional.empty();
        if (digest != null && !page.hasMore())
            page = new PageRules.Page<>(page.rows(), page.cursor(), false, digest, page.count());
        watch.page(start, page, state.purged);
        return Optional.of(new Pulled.Page(received(page, entities)));
    }

    Digest digestOfHead() {
        return materialize.state().head.digest();
    }

    private Optional<Pulled> ahead(Cursor cursor) {
        Violation.unless(
                !cursor.seq().isAfter(log.last()),
                Invariant.PROGRESS,
                () -> "somebody who follows the rules came with a cursor beyond the end of the log: " + cursor);
        return Optional.empty();
    }

    private static Cursor beginning(MaterializeState state, int filterHash) {
        Cursor earliest = Cursor.earliest(Ground.PROJECT, state.head.epoch(), filterHash);
        return withFloor(earliest, state.head.seq());
    }

    /** A target that is at its beginning reads in full. */
    private static Cursor begun(Cursor from, MaterializeState state) {
        boolean begins = from.seq().isNone() && from.floor().isNone();
        return begins ? withFloor(from, state.head.seq()) : from;
    }

    private static Cursor withFloor(Cursor cursor, CloudSeq floor) {
        return new Cursor(
                cursor.project(),
                cursor.epoch(),
                cursor.seq(),
                cursor.ordinal(),
                cursor.complete(),
                floor,
                cursor.filterHash());
    }

    private static int filterHash(Set<String> entities) {
        return CursorToken.filterHash(entities);
    }

    private static PulledPage received(PageRules.Page<ChangeIndex.Row> page, Set<String> entities) {
        List<PulledPage.Row> rows =
                page.rows().stream().map(row -> row(row.record())).toList();
        return new PulledPage(rows, page.cursor(), page.hasMore(), entities.isEmpty() ? page.digest() : null);
    }

    private static PulledPage.Row row(LogRecord record) {
        String image = record.image();
        return new PulledPage.Row(record.id(), record.seq(), image == null ? null : Image.ofCanonical(image));
    }
}
