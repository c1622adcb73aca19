package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.fuzz.AdmittedTwice;
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
    private static final ObjectMapper SECOND = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());

    @FuzzTest
    void aPushIsRefusedOrArrivesAsItWasSent(byte[] input) throws JsonProcessingException {
        PushRequest request;
        String body;
        try {
            body = JsonText.utf8(input, 0, input.length);
            request = PushRequest.parse("p", body);
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.errors()).allMatch(Problem.Place::isPointer);
            return;
        }
        JsonNode mutations = SECOND.readTree(body).path("mutations");
        List<Mutation> read = request.mutations();
        assertThat(read).hasSameSizeAs(mutations);
        for (int i = 0; i < read.size(); i++) same(read.get(i), mutations.get(i));
        if (read.size() <= MutationBatch.MUTATIONS_MAX) arrives(request);
    }

    private static void same(Mutation read, JsonNode sent) throws JsonProcessingException {
        assertThat(read.localSeq()).isEqualTo(sent.path("local_seq").longValue());
        assertThat(read.key()).isEqualTo(sent.path("entity_key").textValue());
        Op op = read.ops().get(0);
        if (op instanceof Op.Put put) {
            JsonNode payload = sent.has("payload") ? sent.get("payload") : sent.at("/ops/0/payload");
            assertThat(SECOND.readTree(put.payload())).isEqualTo(payload);
        }
        if (op instanceof Op.SetField set) {
            JsonNode value = sent.has("value") ? sent.get("value") : sent.at("/ops/0/value");
            assertThat(SECOND.readTree(set.value())).isEqualTo(value);
        }
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
