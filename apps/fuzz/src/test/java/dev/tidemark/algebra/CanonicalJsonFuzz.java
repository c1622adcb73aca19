package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.ReferenceJson;
import dev.tidemark.fuzz.SeedCorpus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any text is refused, with a place within it, or becomes what a second reader makes of it; and that stays as it is. */
class CanonicalJsonFuzz {
    @FuzzTest
    void twoReadersAgreeOnTheCanonicalText(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<String> expected = ReferenceJson.canonical(text);
        try {
            String canonical = CanonicalJson.of(text);
            assertThat(Optional.of(canonical)).isEqualTo(expected);
            assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
            takenApartAndPutTogether(canonical);
        } catch (RefusedJson refused) {
            assertThat(expected).isEmpty();
            assertThat(refused.offset()).isBetween(0L, (long) text.length());
        }
    }

    private static void takenApartAndPutTogether(String canonical) {
        if (CanonicalJson.isObject(canonical))
            assertThat(CanonicalJson.object(CanonicalJson.members(canonical))).isEqualTo(canonical);
        else if (CanonicalJson.isArray(canonical))
            assertThat(CanonicalJson.array(CanonicalJson.elements(canonical))).isEqualTo(canonical);
        else if (canonical.startsWith("\""))
            assertThat(CanonicalJson.quote(CanonicalJson.textOf(canonical))).isEqualTo(canonical);
    }

    @OnBrokenSeeds
    void twoReadersAgreeOnBrokenSeeds() {
        SeedCorpus.of(getClass()).eachBroken(this::twoReadersAgreeOnTheCanonicalText);
    }
}
