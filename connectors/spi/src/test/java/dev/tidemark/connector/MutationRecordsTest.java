package dev.tidemark.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class MutationRecordsTest {
    private static final WireCodec CODEC = new WireCodec(new EmbeddedSchemas());
    private static final ReplicaId REPLICA = new ReplicaId("p", "orders-db", "i1");
    private static final Map<String, String> PARTITION = Map.of("source", "orders-db");

    /** L1 and L8: how a source's mutations are cut changes neither what they are nor their order. */
    @Property(tries = 200)
    void everyMutationIsInOneBatchAndInItsOrder(
            @ForAll @IntRange(min = 1, max = 2_500) int count,
            @ForAll @IntRange(min = 200, max = 50_000) int bytesMax) {
        List<PlacedMutation> mutations = mutations(count);
        List<SourceRecord> records = new MutationRecords(REPLICA, PARTITION, CODEC, bytesMax).of(mutations, 3L);

        List<Mutation> read = new ArrayList<>();
        for (SourceRecord record : records) {
            byte[] value = (byte[]) record.value();
            assertThat(value.length).isLessThanOrEqualTo(bytesMax);
            MutationBatch batch = CODEC.decodeBatch(value);
            assertThat(batch.replica()).isEqualTo(REPLICA);
            assertThat(batch.ackedThrough()).isEqualTo(3);
            assertThat(record.sourceOffset()).isEqualTo(Map.of("id", batch.lastLocalSeq()));
            assertThat(record.key()).isEqualTo("p".getBytes(StandardCharsets.UTF_8));
            read.addAll(batch.mutations());
        }
        assertThat(read)
                .isEqualTo(mutations.stream().map(PlacedMutation::mutation).toList());
    }

    @Test
    void aMutationThatNoBatchCanCarryIsNamed() {
        Mutation large = Mutation.of(7, "note", "n", new Op.SetField("f", "\"" + "x".repeat(1_000) + "\""));
        MutationRecords records = new MutationRecords(REPLICA, PARTITION, CODEC, 500);
        assertThatThrownBy(() -> records.of(List.of(new PlacedMutation(large, Map.of("id", 7L))), null))
                .isInstanceOfSatisfying(
                        MutationRecords.TooLarge.class,
                        e -> assertThat(e.localSeq()).isEqualTo(7));
    }

    private static List<PlacedMutation> mutations(int count) {
        List<PlacedMutation> mutations = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            Mutation mutation = Mutation.of(i * 3, "note", "n" + i % 7, new Op.SetField("f", "" + i));
            mutations.add(new PlacedMutation(mutation, Map.of("id", i * 3)));
        }
        return mutations;
    }
}
