package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages over rows whose seqs are 10, 20, and so on; the digest after row n is n. */
class PageRulesTest {
    private static final PageRules.Limits WIDE = new PageRules.Limits(500, 10_000, 1 << 20);

    private record Row(CloudSeq seq, Ordinal ordinal, Digest digest, long count, String entity, int bytes)
            implements PageRow {}

    @Test
    void showsWhatIsBehindTheCursorAndIsCompleteAtTheEnd() {
        PageRules.Page<Row> page = cut(at(20), WIDE, 20, 30, 40);

        assertThat(page.rows()).extracting(row -> row.seq().value()).containsExactly(30L, 40L);
        assertThat(page.cursor()).isEqualTo(complete(40));
        assertThat(page.hasMore()).isFalse();
        assertThat(page.digest()).isEqualTo(new Digest(0, 40));
        assertThat(page.count()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({
        // rows a page, rows looked at, bytes: shown, has more
        "2, 100, 1000, 2, true",
        "3, 100, 1000, 3, false",
        "100, 2, 1000, 2, true",
        "100, 100, 10, 1, true", // one row is always shown
        "100, 100, 11, 2, true",
        "100, 100, 20, 2, true",
        "100, 100, 21, 3, false"
    })
    void stopsAtTheFirstLimitItMeets(int rows, int scanned, long bytes, int shown, boolean hasMore) {
        PageRules.Page<Row> page = cut(at(-1), new PageRules.Limits(rows, scanned, bytes), 10, 20, 30);

        assertThat(page.rows()).hasSize(shown);
        assertThat(page.hasMore()).isEqualTo(hasMore);
        assertThat(page.cursor().complete()).isEqualTo(!hasMore);
        assertThat(page.cursor().seq().value()).isEqualTo(10L * shown);
        assertThat(page.digest()).isEqualTo(new Digest(0, 10L * shown));
    }

    @Test
    void hasCursorAndDigestOnAnEmptyPageToo() {
        PageRules.Page<Row> page = cut(at(40), WIDE, 40);

        assertThat(page.rows()).isEmpty();
        assertThat(page.cursor()).isEqualTo(complete(40));
        assertThat(page.digest()).isEqualTo(new Digest(0, 40));
    }

    @Test
    void isTheEmptyProjectWhereThereIsNothing() {
        PageRules.Page<Row> page = cut(at(-1), WIDE);

        assertThat(page.cursor()).isEqualTo(complete(-1));
        assertThat(page.digest()).isEqualTo(Digest.ZERO);
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void neverSaysCompleteWhereTheCursorIsAheadOfTheSnapshot() {
        PageRules.Page<Row> page = cut(at(40), WIDE);

        assertThat(page.cursor().complete()).isFalse();
        assertThat(page.digest()).isNull();
    }

    @Test
    void movesPastRowsOfOtherTypesWithoutShowingThem() {
        List<Row> rows = List.of(row(10, "tag"), row(20, "note"), row(30, "tag"));

        PageRules.Page<Row> page = PageRules.cut(at(-1), rows.iterator(), Set.of("note"), WIDE);

        assertThat(page.rows()).extracting(row -> row.seq().value()).containsExactly(20L);
        assertThat(page.cursor()).isEqualTo(complete(30));
    }

    @Test
    void countsRowsOfOtherTypesAsLookedAt() {
        List<Row> rows = List.of(row(10, "tag"), row(20, "tag"), row(30, "note"));

        PageRules.Page<Row> page =
                PageRules.cut(at(-1), rows.iterator(), Set.of("note"), new PageRules.Limits(1, 2, 1000));

        assertThat(page.rows()).isEmpty();
        assertThat(page.hasMore()).isTrue();
        assertThat(page.cursor().seq().value()).isEqualTo(20);
        assertThat(page.cursor().complete()).isFalse();
    }

    @Test
    void carriesTheFloorOfAFullRead() {
        Cursor from = new Cursor("p", new Epoch(1), CloudSeq.NONE, Ordinal.NONE, false, new CloudSeq(30), 0);

        assertThat(cut(from, new PageRules.Limits(1, 10, 1000), 10, 20).cursor().floor())
                .isEqualTo(new CloudSeq(30));
    }

    @ParameterizedTest
    @CsvSource({
        // cursor, floor, horizon
        "10, -1, -1, false",
        "10, -1, 9, false",
        "10, -1, 10, false",
        "10, -1, 11, true",
        "10, 20, 15, false",
        "10, 20, 20, false",
        "10, 20, 21, true",
        "-1, -1, 0, true"
    })
    void expiresACursorBelowTheHorizon(long seq, long floor, long horizon, boolean expired) {
        Cursor cursor = new Cursor("p", new Epoch(1), new CloudSeq(seq), new Ordinal(1), true, new CloudSeq(floor), 0);

        assertThat(PageRules.isBelowHorizon(cursor, new CloudSeq(horizon))).isEqualTo(expired);
    }

    private static PageRules.Page<Row> cut(Cursor from, PageRules.Limits limits, long... seqs) {
        List<Row> rows = LongStream.of(seqs).mapToObj(seq -> row(seq, "note")).toList();
        return PageRules.cut(from, rows.iterator(), Set.of(), limits);
    }

    private static Row row(long seq, String entity) {
        return new Row(new CloudSeq(seq), new Ordinal(seq / 10), new Digest(0, seq), seq, entity, 10);
    }

    private static Cursor at(long seq) {
        Ordinal ordinal = new Ordinal(Math.max(0, seq / 10));
        return new Cursor("p", new Epoch(1), new CloudSeq(seq), ordinal, false, CloudSeq.NONE, 0);
    }

    private static Cursor complete(long seq) {
        Cursor at = at(seq);
        return new Cursor(at.project(), at.epoch(), at.seq(), at.ordinal(), true, at.floor(), at.filterHash());
    }
}
