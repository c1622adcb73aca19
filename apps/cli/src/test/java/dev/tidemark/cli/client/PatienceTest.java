package dev.tidemark.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.CommandFailure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final CommandFailure NOBODY = new NobodyThere(URI.create("http://x"), new Exception());
    private static final CommandFailure LOST = new ConnectionLost("it broke");

    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Test
    void doesNotWaitForAServerThatWasNeverThere() {
        assertThatThrownBy(() -> patience(60).failed(NOBODY)).isSameAs(NOBODY);
        assertThat(pauses).isEmpty();
    }

    @Test
    void waitsForAServerThatWentAway() {
        Patience patience = patience(60);
        patience.failed(LOST);
        patience.failed(NOBODY);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void pausesLongerEachTimeUpToABound() {
        Patience patience = patience(60);
        for (int i = 0; i < 12; i++) patience.failed(LOST);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(75), Patience.FIRST);
        assertThat(pauses.get(3)).isBetween(Duration.ofMillis(600), Duration.ofMillis(800));
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Patience.LONGEST));
    }

    @Test
    void givesUpWhenTheTimeSinceTheLastSuccessIsOver() {
        Patience patience = patience(3);
        patience.failed(LOST);
        patience.succeeded();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 12; i++) patience.failed(LOST);
                })
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("of trying (--retry-for): it broke");
        assertThat(pauses).hasSizeBetween(5, 7);
    }

    @Test
    void insistsUntilTheRequestSucceeds() {
        List<CommandFailure> failures = new ArrayList<>(List.of(LOST, LOST));
        String answer = patience(60).insist(() -> {
            if (!failures.isEmpty()) throw failures.remove(0);
            return "answer";
        });
        assertThat(answer).isEqualTo("answer");
        assertThat(pauses).hasSize(2);
    }

    private Patience patience(int limitSeconds) {
        Patience.Pause pause = duration -> {
            pauses.add(duration);
            nanos += duration.toNanos();
        };
        return new Patience(Duration.ofSeconds(limitSeconds), pause, () -> nanos, notice -> {});
    }
}
