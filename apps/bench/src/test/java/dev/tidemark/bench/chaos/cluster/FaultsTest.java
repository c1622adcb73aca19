package dev.tidemark.bench.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final List<Strike> STRIKES = List.of(Strike.BACKBONE, Strike.BROKER, Strike.PAUSE);

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(some(7)).isEqualTo(some(7)).isNotEqualTo(some(8));
    }

    @Test
    void everyStrikeComesOnceBeforeAnyComesAgain() {
        assertThat(some(7).stream().limit(3).map(Fault::strike)).containsExactlyElementsOf(STRIKES);
    }

    private static List<Fault> some(long seed) {
        Faults faults = new Faults(seed, STRIKES);
        return Stream.generate(faults::next).limit(20).toList();
    }
}
