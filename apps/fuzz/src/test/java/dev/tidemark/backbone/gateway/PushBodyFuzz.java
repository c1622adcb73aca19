package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.fuzz.AdmittedTwice;
import dev.tidemark.fuzz.JsonTree;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.util.List;

/**
 * The body of a push is a {@link Problem} of status 400, or a request that says what a second reader finds in it, goes through Kafka
 * unchanged and is admitted.
 */
class PushBodyFuzz {
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());

    @FuzzTest
    void aPushIsRefusedOrArrivesAsItWasSent(byte[] input) {
        String body;
        PushRequest request;
        try {
            body = JsonText.utf8(input, 0, input.length);
            request = PushRequest.parse("p", body);
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.errors()).allMatch(Problem.Place::isPointer);
            return;
        }
        JsonTree.of(body).ifPresent(sent -> same(request.mutations(), sent.path("mutations")));
        if (request.mutations().size() <= MutationBatch.MUTATIONS_MAX) arrives(request);
    }

    private static void same(List<Mutation> read, JsonNode sent) {
        assertThat(read).hasSameSizeAs(sent);
        for (int i = 0; i < read.size(); i++) same(read.get(i), sent.get(i));
    }

    private static void same(Mutation read, JsonNode sent) {
        assertThat(read.localSeq()).isEqualTo(sent.path("local_seq").longValue());
        assertThat(read.key()).isEqualTo(sent.path("entity_key").textValue());
        Op op = read.ops().get(0);
        if (op instanceof Op.Put put) same(put.payload(), sent, "payload");
        if (op instanceof Op.SetField set) same(set.value(), sent, "value");
    }

    /** The short form has it on the mutation itself. */
    private static void same(String read, JsonNode sent, String member) {
        JsonNode value = sent.has(member) ? sent.get(member) : sent.at("/ops/0/" + member);
        assertThat(JsonTree.of(read)).contains(value);
    }

    private void arrives(PushRequest request) {
        MutationBatch batch =
                new MutationBatch(request.replica(), request.ackedThrough(), request.follows(), request.mutations());
        assertThat(codec.decodeBatch(codec.encodeBatch(batch))).isEqualTo(batch);
        AdmittedTwice.check(batch);
    }

    @OnBrokenSeeds
    void aBrokenSeedIsRefusedOrArrivesAsItWasSent() {
        SeedCorpus.of(getClass()).eachBroken(this::aPushIsRefusedOrArrivesAsItWasSent);
    }
}
