package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.JsonTree;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import java.nio.charset.StandardCharsets;

/** A schema that somebody registers is one of ours, by the names of its record and fields, or there is none; whatever the text is. */
class RegistrySchemaFuzz {
    private final EmbeddedSchemas schemas = new EmbeddedSchemas();

    @FuzzTest
    void aSchemaIsOneOfOursOrNone(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        var found = schemas.find(Subjects.COMMANDS, text);
        assertThat(schemas.register(Subjects.COMMANDS, text).isPresent()).isEqualTo(found.isPresent());
        assertThat(schemas.find("no-such-subject", text)).isEmpty();
        if (found.isEmpty()) return;
        assertThat(found.get().subject()).isEqualTo(Subjects.COMMANDS);
        JsonTree.of(text)
                .ifPresent(sent -> assertThat(sent.at("/fields").findValuesAsText("name"))
                        .containsAll(JsonTree.of(found.get().text())
                                .orElseThrow()
                                .at("/fields")
                                .findValuesAsText("name")));
    }

    @OnBrokenSeeds
    void aBrokenSeedIsOneOfOursOrNone() {
        SeedCorpus.of(getClass()).eachBroken(this::aSchemaIsOneOfOursOrNone);
    }
}
