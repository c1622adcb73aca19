package dev.tidemark.bench.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MixTest {
    @Test
    void theSameSeedGivesTheSameBatches() {
        assertThat(some(3)).isEqualTo(some(3)).isNotEqualTo(some(4));
    }

    @Test
    void localSeqsRiseFromBatchToBatch() {
        List<Long> all =
                some(3).stream().flatMap(List::stream).map(Mutation::localSeq).toList();

        assertThat(all).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyOpComesAndFanOutsStandAlone() {
        Set<Class<?>> kinds = new HashSet<>();
        for (List<Mutation> batch : some(3))
            for (Mutation each : batch) {
                kinds.add(each.ops().get(0).getClass());
                if (each.ops().get(0) instanceof Op.ApplyWhere)
                    assertThat(batch).hasSize(1);
            }

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        Op.Put.class,
                        Op.SetField.class,
                        Op.UnsetField.class,
                        Op.AddMember.class,
                        Op.RemoveMember.class,
                        Op.Delete.class,
                        Op.ApplyWhere.class);
    }

    @Test
    void bodiesAreThoseOfTheContract() {
        Op where = new Op.ApplyWhere("note", "kind eq \"a\"", List.of(new Op.SetField("m", "1")));
        JsonNode body = Project.parsed(PushJson.of(
                "r",
                "0",
                List.of(
                        Mutation.of(4, "note", "n1", new Op.Put("{\"a\":1}")),
                        new Mutation(6, null, null, true, null, null, List.of(where)))));

        assertThat(body).isEqualTo(Project.parsed("""
                                {"replica":"r","incarnation":"0","mutations":[
                                 {"local_seq":4,"entity":"note","entity_key":"n1","ops":[{"op":"put","payload":{"a":1}}]},
                                 {"local_seq":6,"op":"apply_where","entity":"note","query":"kind eq \\"a\\"",
                                  "ops":[{"op":"set","field":"m","value":1}]}]}"""));
    }

    private static List<List<Mutation>> some(long seed) {
        Mix mix = new Mix(seed);
        return Stream.generate(mix::next).limit(200).toList();
    }
}
