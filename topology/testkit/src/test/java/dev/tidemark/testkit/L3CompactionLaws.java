package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Ordinal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** L3 Compaction: from any cursor that is not expired, the surviving records lead to the same state as all records. */
class L3CompactionLaws {
    @Property
    void survivingRecordsLeadToTheSameState(@ForAll("batches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        List<LogRecord> log = Committed.of(batches).log();
        ChangeIndex index = new ChangeIndex();
        log.forEach(index::add);
        if (!log.isEmpty()) index.purge(log.get(random.nextInt(log.size())).seq());
        for (int known = 0; known <= log.size(); known++) {
            Cursor cursor = after(log.subList(0, known));
            if (index.isExpired(cursor)) continue;
            Map<EntityId, String> copy = Committed.imagesAfter(log.subList(0, known));
            pages(index, cursor, random).forEach(row -> Committed.apply(row.record(), copy));
            assertThat(copy).isEqualTo(Committed.imagesAfter(log));
        }
    }

    @Property
    void aFullReadDuringWritesAndPurgesEndsAtTheState(
            @ForAll("batches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        List<LogRecord> log = Committed.of(batches).log();
        ChangeIndex index = new ChangeIndex();
        int written = random.nextInt(log.size() + 1);
        log.subList(0, written).forEach(index::add);
        Cursor cursor = new Cursor("p", new Epoch(1), CloudSeq.NONE, Ordinal.NONE, false, index.head(), 0);
        Map<EntityId, String> copy = new HashMap<>();
        boolean hasMore = true;
        while (hasMore && !index.isExpired(cursor)) {
            PageRules.Page<ChangeIndex.Row> page = index.page(cursor, 1 + random.nextInt(3), Set.of());
            page.rows().forEach(row -> Committed.apply(row.record(), copy));
            cursor = page.cursor();
            hasMore = page.hasMore();
            if (hasMore && written < log.size()) index.add(log.get(written++));
            if (random.nextInt(4) == 0) index.purge(new CloudSeq(random.nextInt(40)));
        }
        if (!hasMore) assertThat(copy).isEqualTo(Committed.imagesAfter(log.subList(0, written)));
    }

    @Provide
    Arbitrary<List<MutationBatch>> batches() {
        return Histories.newBatches(RandomMutations.Mix.EVERYTHING);
    }

    private static Cursor after(List<LogRecord> known) {
        CloudSeq seq =
                known.isEmpty() ? CloudSeq.NONE : known.get(known.size() - 1).seq();
        return new Cursor("p", new Epoch(1), seq, new Ordinal(known.size()), false, CloudSeq.NONE, 0);
    }

    private static List<ChangeIndex.Row> pages(ChangeIndex index, Cursor from, Random random) {
        return Pages.all(index, from, () -> 1 + random.nextInt(4)).stream()
                .flatMap(page -> page.rows().stream())
                .toList();
    }
}
