package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Any Accept header picks one of what is offered, or none; a coding is sent only to who named it or everything. */
class AcceptFuzz {
    private static final List<String> OFFERED =
            List.of("application/json", "application/x-ndjson", "text/event-stream");

    @FuzzTest
    void aHeaderPicksWhatIsOfferedOrNothing(byte[] input) {
        String header = new String(input, StandardCharsets.ISO_8859_1);
        String best = Accept.best(header, OFFERED);
        if (best != null) {
            String type = best.substring(0, best.indexOf('/')) + "/*";
            assertThat(OFFERED).contains(best);
            assertThat(header.isBlank() || names(header, best) || names(header, type) || names(header, "*/*"))
                    .isTrue();
        }
        if (Accept.allows(header, "gzip"))
            assertThat(names(header, "gzip") || names(header, "*")).isTrue();
    }

    private static boolean names(String header, String range) {
        return header.toLowerCase(Locale.ROOT).contains(range);
    }

    @OnBrokenSeeds
    void aBrokenSeedPicksWhatIsOfferedOrNothing() {
        SeedCorpus.of(getClass()).eachBroken(this::aHeaderPicksWhatIsOfferedOrNothing);
    }
}
