package dev.tidemark.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.topic.TopicLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneConfigTest {
    /** Reads every setting, as a start does. */
    private interface Reading {
        void of(BackboneConfig config) throws BackboneRefusal;
    }

    private static final Reading EVERYTHING = config -> {
        config.clients();
        config.httpPort();
        config.createTopics();
        config.topicLimits();
        config.admitLimits();
        config.keeping();
        config.bodyBytesMax();
        config.pushWait();
        config.pushPendingMax();
    };

    @Test
    void hasDefaultsForAllButTheBrokers() throws BackboneRefusal {
        BackboneConfig config = BackboneConfig.of(Map.of("bootstrap.servers", "b:9092"));

        EVERYTHING.of(config);

        assertThat(config.clients())
                .containsOnly(Map.entry("bootstrap.servers", "b:9092"), Map.entry("request.timeout.ms", "8000"));
        assertThat(config.httpHost()).isEqualTo("127.0.0.1");
        assertThat(config.httpPort()).isEqualTo(7070);
        assertThat(config.stateDir()).isEqualTo(Path.of(".tidemark/state").toAbsolutePath());
        assertThat(config.createTopics()).isFalse();
        assertThat(config.registryUrl()).isEmpty();
        assertThat(config.bodyBytesMax()).isEqualTo(8 << 20);
        assertThat(config.pushWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.pushPendingMax()).isEqualTo(50_000);
        TopicLimits limits = config.topicLimits();
        assertThat(limits.size()).isEqualTo(new TopicLimits.Size(1 << 20, 2 << 20));
        assertThat(limits.layout()).isEqualTo(new TopicLimits.Layout(6, (short) 3));
        assertThat(limits.horizon()).isEqualTo(Duration.ofDays(30));
        assertThat(config.keeping().compactionLag()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void namesEverySettingOnceAndSaysWhatItIs() {
        assertThat(BackboneConfig.settings())
                .extracting(BackboneConfig.Setting::name)
                .doesNotHaveDuplicates();
        assertThat(BackboneConfig.settings())
                .allSatisfy(
                        setting -> assertThat(setting.doc()).as(setting.name()).isNotBlank());
    }

    @Test
    void passesThroughWhatIsOfKafkaAndOfTheTopologies() throws BackboneRefusal {
        BackboneConfig config = BackboneConfig.of(Map.of(
                "bootstrap.servers", "b:9092",
                "kafka.security.protocol", "SSL",
                "kafka.request.timeout.ms", "3000",
                "kafka.bootstrap.servers", "other:9092",
                "admit.commit.interval.ms", "5",
                "materialize.num.stream.threads", "2"));

        assertThat(config.clients())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers", "b:9092", "security.protocol", "SSL", "request.timeout.ms", "3000"));
        assertThat(config.admitOverrides()).containsExactly(Map.entry("commit.interval.ms", "5"));
        assertThat(config.materializeOverrides()).containsExactly(Map.entry("num.stream.threads", "2"));
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap.servers, ''",
        "bootstrap.servers, ' '",
        "http.port, x",
        "http.port, ''",
        "http.port, -1",
        "http.port, 65536",
        "http.port, 70.5",
        "topics.create, yes",
        "partitions, 0",
        "partitions, 10001",
        "replication.factor, 0",
        "replication.factor, 40000",
        "horizon.ms, 0",
        "horizon.ms, 1d",
        "mapping.retention.ms, -5",
        "expiry.every.ms, 0",
        "compaction.lag.ms, 99999999999999999999",
        "record.bytes.max, 1023",
        "record.bytes.max, 2097152",
        "message.bytes.max, 100",
        "fanout.max, 0",
        "scan.max, many",
        "origins.kept, 999",
        "http.body.bytes.max, 1",
        "push.wait.ms, 0",
        "push.pending.max, 0"
    })
    void refusesAValueThatCannotBeAndNamesTheSetting(String name, String value) {
        Map<String, String> properties = new HashMap<>(Map.of("bootstrap.servers", "b:9092"));
        properties.put(name, value);

        BackboneRefusal refusal =
                catchThrowableOfType(BackboneRefusal.class, () -> EVERYTHING.of(BackboneConfig.of(properties)));

        assertThat(refusal.code()).isEqualTo("config_invalid");
        assertThat(refusal)
                .hasMessageContaining("setting " + name + " must be ")
                .hasMessageContaining("\"" + value + "\"");
    }

    /** A record at its limit must fit into the topic with its framing, else Admit stops at it for good. */
    @Test
    void leavesRoomForTheFramingOfTheLargestRecord() throws BackboneRefusal {
        int most = (2 << 20) - (64 << 10);
        assertThat(withRecordBytes(most).topicLimits().size().maxRecordBytes()).isEqualTo(most);

        BackboneRefusal refusal = catchThrowableOfType(
                BackboneRefusal.class, () -> withRecordBytes(most + 1).topicLimits());

        assertThat(refusal.code()).isEqualTo("config_invalid");
        assertThat(refusal)
                .hasMessage("setting record.bytes.max must be at most 2031616, which is message.bytes.max (2097152)"
                        + " less 65536 for the framing of a record, not \"2031617\"");
    }

    private static BackboneConfig withRecordBytes(int bytes) {
        return BackboneConfig.of(Map.of("bootstrap.servers", "b:9092", "record.bytes.max", "" + bytes));
    }

    @Test
    void refusesToBindBeyondThisMachine() {
        BackboneRefusal refusal = catchThrowableOfType(
                BackboneRefusal.class,
                () -> Backbone.start(BackboneConfig.of(Map.of("bootstrap.servers", "b:9092", "http.host", "0.0.0.0"))));

        assertThat(refusal.code()).isEqualTo("bind_refused");
    }
}
