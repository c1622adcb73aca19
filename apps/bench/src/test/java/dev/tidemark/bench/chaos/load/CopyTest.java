package dev.tidemark.bench.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import org.junit.jupiter.api.Test;

class CopyTest {
    private final Copy copy = new Copy("p");

    @Test
    void digestsAreThoseOfWhatThePagesLeft() {
        copy.apply("reader", Project.parsed(page(3, upsert(1, "a", "{\"v\":1}") + "," + upsert(3, "b", "{\"v\":2}"))));
        Page page = copy.apply(
                "reader",
                Project.parsed(page(
                        5,
                        upsert(4, "a", "{\"v\":3}")
                                + ",{\"seq\":5,\"entity\":\"note\",\"entity_key\":\"b\",\"op\":\"delete\"}")));

        Digest left = Hashes.entry("p/note/a", Hashes.image("{\"v\":3}"));
        assertThat(page.end()).isEqualTo(new Page.End(9, "as served", left.hex()));
        assertThat(page.after()).isEqualTo(3);
        assertThat(page.through()).isEqualTo(copy.through()).isEqualTo(5);
    }

    @Test
    void hashesAreComputedFromPayloads() {
        Page page = copy.apply("reader", Project.parsed(page(1, upsert(1, "a", "{\"w\":2, \"v\":1.0}"))));

        assertThat(page.rows().get(0).hash()).isEqualTo("as served");
        assertThat(page.rows().get(0).computed())
                .isEqualTo(Hashes.image("{\"v\":1,\"w\":2}").hex());
    }

    private static String upsert(long seq, String key, String payload) {
        return "{\"seq\":" + seq + ",\"entity\":\"note\",\"entity_key\":\"" + key
                + "\",\"op\":\"upsert\",\"hash\":\"as served\",\"payload\":" + payload + "}";
    }

    private static String page(long seq, String changes) {
        Cursor cursor = new Cursor("p", new Epoch(1), new CloudSeq(seq), new Ordinal(seq), true, CloudSeq.NONE, 0);
        return "{\"changes\":[" + changes + "],\"cursor\":\"" + CursorToken.encode(cursor)
                + "\",\"has_more\":false,\"head\":{\"seq\":9,\"digest\":\"as served\"}}";
    }
}
