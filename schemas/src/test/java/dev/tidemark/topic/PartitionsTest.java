package dev.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionsTest {
    /** Vectors of kafka-clients' UtilsTest.testMurmur2. */
    @ParameterizedTest
    @CsvSource({
        "21, -973932308",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
        "abc, 479470107",
    })
    void hashesAsTheJavaClientDoes(String key, int expected) {
        assertThat(Partitions.murmur2(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    /** The hashes above with the sign bit off, modulo 6. */
    @ParameterizedTest
    @CsvSource({"21, 0", "foobar, 0", "a-little-bit-long-string, 2", "abc, 3"})
    void picksThePartitionTheJavaClientPicks(String project, int expected) {
        assertThat(Partitions.of(project, 6)).isEqualTo(expected);
    }

    @Test
    void refusesATopicWithoutPartitions() {
        assertThatIllegalArgumentException().isThrownBy(() -> Partitions.of("photos", 0));
    }
}
