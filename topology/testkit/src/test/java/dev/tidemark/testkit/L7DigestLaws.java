package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.RecordMeta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** L7 Digest: the digest of a page with has_more false equals the one computed from any correct copy at that cursor. */
class L7DigestLaws {
    @Property
    void theDigestOfTheLastPageIsThatOfTheCopy(@ForAll("batches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        ChangeIndex index = new ChangeIndex();
        Map<EntityId, String> copy = new HashMap<>();
        Cursor cursor = Cursor.earliest(Histories.PROJECT, new Epoch(1), 0);
        for (LogRecord record : Committed.of(batches).log()) {
            index.add(record);
            if (random.nextInt(3) > 0) continue;
            for (PageRules.Page<ChangeIndex.Row> page : Pages.all(index, cursor, () -> 1 + random.nextInt(3))) {
                page.rows().forEach(row -> Committed.apply(row.record(), copy));
                cursor = page.cursor();
                if (!page.hasMore()) assertThat(page.digest()).isEqualTo(digestOf(copy));
                if (!page.hasMore()) assertThat(page.count()).isEqualTo(copy.size());
            }
        }
    }

    @Property
    void everyPageCarriesTheDigestOfTheProjectAtItsCursor(
            @ForAll("batches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        List<LogRecord> log = Committed.of(batches).log();
        ChangeIndex index = new ChangeIndex();
        log.forEach(index::add);
        Cursor start = Cursor.earliest(Histories.PROJECT, new Epoch(1), 0);
        for (PageRules.Page<ChangeIndex.Row> page : Pages.all(index, start, () -> 1 + random.nextInt(3))) {
            int records = (int) page.cursor().ordinal().value();
            Map<EntityId, String> then = Committed.imagesAfter(log.subList(0, records));
            assertThat(page.digest()).isEqualTo(digestOf(then));
            assertThat(page.count()).isEqualTo(then.size());
        }
    }

    @Property
    void theDigestsOfTheBucketsAddUpToThatOfTheProject(@ForAll("batches") List<MutationBatch> batches) {
        Map<Integer, Digest> buckets = new HashMap<>();
        Map<Integer, Long> counts = new HashMap<>();
        for (LogRecord record : Committed.of(batches).log()) {
            RecordMeta meta = record.change().meta();
            int bucket = Hashes.bucket(EntityPath.of(record.id()));
            buckets.put(bucket, meta.bucketDigest());
            counts.put(bucket, meta.bucketCount());
            assertThat(buckets.values().stream().reduce(Digest.ZERO, Digest::plus))
                    .isEqualTo(meta.digest());
            assertThat(counts.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(meta.count());
        }
    }

    @Property
    void aCopyThatLacksOrHasOneThingMoreHasAnotherDigest(@ForAll("batches") List<MutationBatch> batches) {
        Map<EntityId, String> copy = Committed.of(batches).images();
        Digest whole = digestOf(copy);
        for (EntityId id : List.copyOf(copy.keySet())) {
            String image = copy.remove(id);
            assertThat(digestOf(copy)).isNotEqualTo(whole);
            copy.put(id, image.equals("{}") ? "{\"other\":1}" : "{}");
            assertThat(digestOf(copy)).isNotEqualTo(whole);
            copy.put(id, image);
        }
    }

    @Provide
    Arbitrary<List<MutationBatch>> batches() {
        return Histories.newBatches(RandomMutations.Mix.EVERYTHING);
    }

    private static Digest digestOf(Map<EntityId, String> copy) {
        return copy.entrySet().stream()
                .map(entry -> Hashes.entry(EntityPath.of(entry.getKey()), Hashes.image(entry.getValue())))
                .reduce(Digest.ZERO, Digest::plus);
    }
}
