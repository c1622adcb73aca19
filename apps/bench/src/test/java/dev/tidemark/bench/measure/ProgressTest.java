package dev.tidemark.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final Progress progress = new Progress();

    @Test
    void warmUpIsNotInTheRate() {
        at(0, 0);
        at(10, 100);
        at(11, 200);
        at(12, 300);

        assertThat(progress.rate(100, 300)).isCloseTo(100, within(1e-9));
    }

    @Test
    void pointBetweenTwoLooksIsTakenInProportion() {
        at(0, 0);
        at(4, 400);
        at(5, 1_000);

        assertThat(progress.rate(0, 700)).isCloseTo(700 / 4.5, within(1e-9));
    }

    @Test
    void slicesAreEqualPartsOfTheWork() {
        at(0, 0);
        at(1, 100);
        at(3, 200);

        assertThat(progress.rates(0, 200, 2)).containsExactly(100.0, 50.0);
    }

    @Test
    void timeWithoutProgressCounts() {
        at(0, 0);
        at(1, 50);
        at(9, 50);
        at(10, 100);

        assertThat(progress.rate(0, 100)).isCloseTo(10, within(1e-9));
    }

    @Test
    void whatWasNeverDoneHasNoRate() {
        at(0, 0);
        at(1, 10);

        assertThatThrownBy(() -> progress.rate(0, 11)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverGoesBack() {
        at(1, 10);

        assertThatThrownBy(() -> at(2, 9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(0, 11)).isInstanceOf(IllegalArgumentException.class);
    }

    private void at(long seconds, long done) {
        progress.at(seconds * SECOND, done);
    }
}
