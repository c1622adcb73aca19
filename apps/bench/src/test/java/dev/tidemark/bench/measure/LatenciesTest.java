package dev.tidemark.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long MS = 1_000_000L;
    private static final long CLOCK = 1_000 * MS;

    private final Latencies latencies = new Latencies(CLOCK, 1_000 * MS, 2);

    @Test
    void percentilesAreThoseOfTheLatencies() {
        for (int i = 1; i <= 1_000; i++) latencies.add(CLOCK + i, CLOCK + i + i * MS);

        assertThat(latencies.percentileMs(50)).isCloseTo(500, within(0.5));
        assertThat(latencies.percentileMs(99)).isCloseTo(990, within(1.0));
        assertThat(latencies.percentileMs(99.9)).isCloseTo(999, within(1.0));
        assertThat(latencies.maxMs()).isCloseTo(1_000, within(1.0));
    }

    @Test
    void whatBeginsInTheWarmUpIsNotCounted() {
        latencies.add(CLOCK - 1, CLOCK + 500 * MS);

        assertThat(latencies.count()).isZero();
    }

    @Test
    void whatBeginsInASliceCountsThereWheneverItEnds() {
        latencies.add(CLOCK + 100 * MS, CLOCK + 9_000 * MS);
        latencies.add(CLOCK + 600 * MS, CLOCK + 610 * MS);

        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.spreadMs(50).min()).isCloseTo(10, within(0.1));
        assertThat(latencies.spreadMs(50).max()).isCloseTo(8_900, within(10.0));
    }

    @Test
    void whatBeginsAfterTheEndIsNotCounted() {
        latencies.add(CLOCK + 1_000 * MS, CLOCK + 1_001 * MS);

        assertThat(latencies.count()).isZero();
    }

    @Test
    void ratesAreOfEachSlice() {
        for (int i = 0; i < 10; i++) latencies.add(CLOCK + 600 * MS + i, CLOCK + 700 * MS);

        assertThat(latencies.rates()).isEqualTo(new Spread(10, 0, 20));
    }
}
