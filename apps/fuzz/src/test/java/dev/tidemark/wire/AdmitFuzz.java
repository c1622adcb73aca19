package dev.tidemark.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.AdmittedTwice;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;

/** A batch that somebody wrote straight to the topic is undecodable, or every mutation of it has its outcome. */
class AdmitFuzz {
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());

    @FuzzTest
    void aBatchThatCanBeDecodedIsAdmitted(byte[] input) {
        dev.tidemark.model.MutationBatch batch;
        try {
            batch = codec.decodeBatch(input);
        } catch (UndecodableException refused) {
            return;
        }
        AdmittedTwice.check(batch);
    }

    @OnBrokenSeeds
    void aBrokenSeedThatCanBeDecodedIsAdmitted() {
        SeedCorpus.of(getClass()).eachBroken(this::aBatchThatCanBeDecodedIsAdmitted);
    }
}
