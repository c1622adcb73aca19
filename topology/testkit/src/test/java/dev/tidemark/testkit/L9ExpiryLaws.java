package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.algebra.CursorRefused;
import dev.tidemark.algebra.CursorToken;
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

/** L9 Expiry: a cursor that cannot be honoured is refused, never reset or silently incomplete. */
class L9ExpiryLaws {
    @Property
    void aReaderThatIsNeverRefusedHasTheStateAtTheEnd(
            @ForAll("batches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        ChangeIndex index = new ChangeIndex();
        Map<EntityId, String> copy = new HashMap<>();
        Cursor cursor = Cursor.earliest(Histories.PROJECT, new Epoch(1), 0);
        List<LogRecord> log = Committed.of(batches).log();
        for (LogRecord record : log) {
            index.add(record);
            if (random.nextInt(6) == 0)
                index.purge(new CloudSeq(random.nextInt((int) record.seq().value() + 1)));
            if (index.isExpired(cursor)) return;
            if (random.nextInt(4) == 0)
                cursor = pulled(index, cursor, copy, 1 + random.nextInt(3)).cursor();
        }
        while (!index.isExpired(cursor)) {
            PageRules.Page<ChangeIndex.Row> page = pulled(index, cursor, copy, 2);
            cursor = page.cursor();
            if (page.hasMore()) continue;
            assertThat(copy).isEqualTo(Committed.imagesAfter(log));
            return;
        }
    }

    @Property
    void aCursorIsRefusedExactlyIfItsFloorAndItsSeqAreBelowTheHorizon(
            @ForAll("batches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        ReferenceModel model = new ReferenceModel(ReferenceModel.Settings.of(Histories.PROJECT), new Random(seed));
        batches.forEach(model::push);
        ReferenceReader reference = new ReferenceReader(model);
        ChangeIndex index = new ChangeIndex();
        model.log().forEach(index::add);
        CloudSeq to = new CloudSeq(random.nextInt(60));
        reference.purge(to);
        index.purge(to);
        assertThat(index.horizon()).isEqualTo(reference.horizon());
        for (int i = 0; i < 20; i++) {
            Cursor cursor = cursor(random.nextInt(60) - 1, random.nextInt(60) - 1);
            assertThat(index.isExpired(cursor)).isEqualTo(reference.isExpired(cursor));
        }
    }

    @Property
    void aDamagedTokenIsRefused(@ForAll long seed) {
        Random random = new Random(seed);
        String token = CursorToken.encode(cursor(random.nextInt(1_000_000), random.nextInt(1_000_000)));
        int at = random.nextInt(token.length());
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        String damaged = token.substring(0, at) + other + token.substring(at + 1);
        assertThatThrownBy(() -> CursorToken.decode(damaged)).isInstanceOf(CursorRefused.class);
    }

    @Provide
    Arbitrary<List<MutationBatch>> batches() {
        return Histories.newBatches(RandomMutations.Mix.EVERYTHING);
    }

    private static PageRules.Page<ChangeIndex.Row> pulled(
            ChangeIndex index, Cursor from, Map<EntityId, String> copy, int rowsMax) {
        PageRules.Page<ChangeIndex.Row> page = index.page(from, rowsMax, Set.of());
        page.rows().forEach(row -> Committed.apply(row.record(), copy));
        return page;
    }

    private static Cursor cursor(long seq, long floor) {
        return new Cursor(
                Histories.PROJECT, new Epoch(1), new CloudSeq(seq), new Ordinal(1), false, new CloudSeq(floor), 0);
    }
}
