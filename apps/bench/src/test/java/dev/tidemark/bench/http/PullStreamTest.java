package dev.tidemark.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PullStreamTest {
    private static final String PAGE =
            "{\"changes\":[{\"seq\":1,\"payload\":{\"a\":{}}},{{\"seq\":2}],\"cursor\":\"x\"}\n{\"changes\":[{\"seq\":3}]}\n";

    @Test
    void changesAreCountedWhereverTheBytesAreCut() {
        byte[] bytes = PAGE.getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut <= bytes.length; cut++) {
            PullStream stream = new PullStream();
            byte[] rest = new byte[bytes.length - cut];
            System.arraycopy(bytes, cut, rest, 0, rest.length);

            assertThat(stream.changesIn(bytes, cut) + stream.changesIn(rest, rest.length))
                    .isEqualTo(3);
        }
    }
}
