package dev.tidemark.topology.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.RefusedJson;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Policy;
import java.nio.charset.StandardCharsets;

/** The body of a command is refused, or a policy that the state which is written of it says again. */
class PolicyFuzz {
    @FuzzTest
    void aPolicyIsRefusedOrReadAgainAsItWasDecided(byte[] input) {
        String body = new String(input, StandardCharsets.UTF_8);
        Policy policy;
        try {
            policy = PolicyText.parse(body, Policy.DEFAULT);
        } catch (RefusedJson | IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
            return;
        }
        DecidedProject decided = new DecidedProject("p", ProjectHead.Life.OPEN, 0, new Epoch(1), policy);
        assertThat(DecidedProject.parse(decided.state(null))).isEqualTo(decided);
        assertThat(PolicyText.parse(body, policy)).isEqualTo(policy);
    }

    @OnBrokenSeeds
    void aBrokenSeedIsRefusedOrReadAgainAsItWasDecided() {
        SeedCorpus.of(getClass()).eachBroken(this::aPolicyIsRefusedOrReadAgainAsItWasDecided);
    }
}
