package dev.tidemark.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FootprintTest {
    @Test
    void processTimeIsFoundBehindANameWithSpacesAndParentheses() {
        String stat = "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 1 0 1000 0 0";

        assertThat(Footprint.cpuNs(stat)).isEqualTo(3_000_000_000L);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessHasAFootprint() {
        Footprint own = Footprint.ofThisProcess();

        assertThat(own.residentBytes()).isBetween(10L << 20, own.residentPeakBytes());
        assertThat(own.anonymousBytes()).isBetween(1L << 20, own.residentBytes());
        assertThat(own.cpuNs()).isPositive();
    }
}
