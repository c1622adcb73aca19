package dev.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidemark.Golden;
import dev.tidemark.topic.TopicLimits.Layout;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
    @Test
    void isWhatTheGoldenFileSays() {
        String topics = TopicCatalogue.all(TopicLimits.DEFAULTS).stream()
                .map(TopicSpec::describe)
                .collect(Collectors.joining("\n"));

        Golden.check("topics.txt", topics);
    }

    @Test
    void keepsTombstonesADayBeyondTheHorizon() {
        TopicSpec log = find(TopicCatalogue.LOG, TopicLimits.DEFAULTS.withHorizon(Duration.ofDays(3)));

        assertThat(log.config())
                .containsEntry("delete.retention.ms", "" + Duration.ofDays(4).toMillis());
    }

    @Test
    void hasTwoInSyncReplicasOutOfThree() {
        List<TopicSpec> topics = TopicCatalogue.all(TopicLimits.DEFAULTS.withLayout(new Layout(12, (short) 3)));

        assertThat(topics).allSatisfy(topic -> {
            assertThat(topic.partitions()).isEqualTo(12);
            assertThat(topic.replicationFactor()).isEqualTo((short) 3);
            assertThat(topic.config()).containsEntry("min.insync.replicas", "2");
        });
    }

    @Test
    void refusesLimitsThatCannotHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Layout(0, (short) 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Layout(1, (short) 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new TopicLimits.Size(100, 100));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicLimits.Size(100, 99 + TopicLimits.Size.FRAMING_MARGIN_BYTES));
        assertThatIllegalArgumentException().isThrownBy(() -> TopicLimits.DEFAULTS.withHorizon(Duration.ZERO));
    }

    private static TopicSpec find(String name, TopicLimits limits) {
        return TopicCatalogue.all(limits).stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
