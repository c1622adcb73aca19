package dev.tidemark.bench.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void intendedTimesDoNotDriftWhenTheIntervalIsNoWholeNumber() {
        Pace pace = new Pace(3, Duration.ofSeconds(1), Duration.ofSeconds(9));

        assertThat(pace.intendedNs(100, 0)).isEqualTo(100);
        assertThat(pace.intendedNs(100, 1)).isEqualTo(100 + 333_333_333L);
        assertThat(pace.intendedNs(100, 3_000_000))
                .isEqualTo(100 + Duration.ofSeconds(1_000_000).toNanos());
    }

    @Test
    void clockStartsAfterTheWarmUp() {
        Pace pace = new Pace(3, Duration.ofSeconds(1), Duration.ofSeconds(9));

        assertThat(pace.clockNs(5)).isEqualTo(5 + 1_000_000_000L);
        assertThat(pace.endNs(5)).isEqualTo(5 + 10_000_000_000L);
    }
}
