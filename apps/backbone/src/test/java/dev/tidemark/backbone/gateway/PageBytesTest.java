package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;
import dev.tidemark.topology.store.ChangeRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageBytesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Cursor CURSOR =
            new Cursor("p", FakeChanges.EPOCH, new CloudSeq(6), new Ordinal(3), true, CloudSeq.NONE, 0);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void isThePageOfTheContract(int rows) throws IOException {
        List<ChangeRow> all = List.of(row(1), row(2), row(3)).subList(0, rows);

        JsonNode page = MAPPER.readTree(PageBytes.of(page(all, true), false));

        assertThat(SchemaCheck.faults(OpenApi.DOCUMENT.at("/components/schemas/Page"), page))
                .isEmpty();
        assertThat(page.path("changes")).hasSize(rows);
        for (int i = 0; i < rows; i++)
            assertThat(page.path("changes").get(i))
                    .isEqualTo(MAPPER.readTree(all.get(i).json()));
        assertThat(page.path("cursor").asText()).isEqualTo(CursorToken.encode(CURSOR));
        assertThat(page.path("has_more").asBoolean()).isTrue();
        assertThat(page.path("head").toString())
                .isEqualTo("{\"epoch\":\"0000000000000007\",\"seq\":6,\"ordinal\":3,\"count\":5,"
                        + "\"digest\":\"00000000000000010000000000000002\"}");
    }

    @Test
    void showsRowsAsTheVeryBytesThatAreStored() {
        ChangeRow row = FakeChanges.row(1, "note", "k", "{\"n\":9007199254740993,\"s\":\"é😀\"}");

        String page = new String(PageBytes.of(page(List.of(row), false), false), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("\"payload\":{\"n\":9007199254740993,\"s\":\"é😀\"},")
                .contains("\"has_more\":false");
    }

    @Test
    void carriesNoDigestWhereSomeTypesAreHidden() throws IOException {
        assertThat(MAPPER.readTree(PageBytes.of(page(List.of(), false), true))
                        .path("head")
                        .has("digest"))
                .isFalse();
    }

    @Test
    void standsBetweenWhatFramesIt() {
        byte[] framed = PageBytes.framed("id: é\ndata: ", page(List.of(row(1)), false), false, "\n\n");

        assertThat(new String(framed, StandardCharsets.UTF_8))
                .startsWith("id: é\ndata: {\"changes\"")
                .endsWith("}}\n\n");
    }

    private static ChangeRow row(long ordinal) {
        return FakeChanges.row(ordinal, "note", "k" + ordinal, "{\"a\":" + ordinal + "}");
    }

    private static PageRules.Page<ChangeRow> page(List<ChangeRow> rows, boolean hasMore) {
        return new PageRules.Page<>(rows, CURSOR, hasMore, new Digest(1, 2), 5);
    }
}
