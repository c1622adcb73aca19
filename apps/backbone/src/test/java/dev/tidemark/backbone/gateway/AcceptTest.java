package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    private static final List<String> OFFERED =
            List.of("application/json", "text/event-stream", "application/x-ndjson");

    @ParameterizedTest
    @CsvSource(
            value = {
                " | application/json",
                "*/* | application/json",
                "application/json | application/json",
                "text/event-stream | text/event-stream",
                "TEXT/Event-Stream | text/event-stream",
                "application/x-ndjson | application/x-ndjson",
                "application/* | application/json",
                "text/* | text/event-stream",
                "text/html, application/xhtml+xml, */*;q=0.8 | application/json",
                "application/json;q=0.5, application/x-ndjson | application/x-ndjson",
                "application/json;q=0, */* | text/event-stream",
                "application/x-ndjson; q=0.9 ; v=1, text/event-stream;q=0.8 | application/x-ndjson",
                "application/json;q=nonsense | application/json",
                "text/html | ",
                "application/xml;q=0.9 | ",
                "*/*;q=0 | ",
                "application/jsonx | ",
                ",;, | "
            },
            delimiter = '|')
    void takesWhatTheClientLikesBest(String header, String best) {
        assertThat(Accept.best(header, OFFERED)).isEqualTo(best);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "gzip | true",
                "deflate, gzip;q=0.5 | true",
                "* | true",
                "gzip;q=0 | false",
                "br | false",
                " | false",
                "gzip;q=0, * | false"
            },
            delimiter = '|')
    void compressesForThoseWhoTakeIt(String header, boolean allowed) {
        assertThat(Accept.allows(header, "gzip")).isEqualTo(allowed);
    }
}
