package dev.tidemark.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What correctness or recovery rests on, as it reaches the clients. */
class StreamsSettingsTest {
    private static final Map<String, String> NO_OVERRIDES = Map.of();

    @ParameterizedTest
    @CsvSource({
        "processing.guarantee, exactly_once_v2",
        "ensure.explicit.internal.resource.naming, true",
        "max.task.idle.ms, -1",
        "rocksdb.config.setter, dev.tidemark.topology.RocksDbBounds",
        "state.cleanup.dir.max.age.ms, 604800000",
        "replication.factor, 3",
        "num.stream.threads, 1",
        "main.consumer.group.instance.id, host-7",
        "main.consumer.auto.offset.reset, none",
        "consumer.session.timeout.ms, 6000",
        "consumer.heartbeat.interval.ms, 1000",
        "producer.transaction.timeout.ms, 15000",
        "producer.compression.type, lz4",
        "producer.max.request.size, 2359296",
        "topic.max.message.bytes, 2359296",
        "topic.min.insync.replicas, 2",
        "topic.unclean.leader.election.enable, false",
        "topic.message.timestamp.type, LogAppendTime",
        "topic.delete.retention.ms, 691200000",
        "topic.segment.bytes, 67108864"
    })
    void areTheseInBothApplications(String name, String value) {
        assertThat(valueOf(StreamsSettings.admit(instance(3), NO_OVERRIDES), name))
                .isEqualTo(value);
        assertThat(valueOf(StreamsSettings.materialize(instance(3), NO_OVERRIDES), name))
                .isEqualTo(value);
    }

    @Test
    void commitAtThePaceOfPushesInAdmitAndSeldomInMaterialize() {
        assertThat(valueOf(StreamsSettings.admit(instance(1), NO_OVERRIDES), "commit.interval.ms"))
                .isEqualTo("20");
        assertThat(valueOf(StreamsSettings.materialize(instance(1), NO_OVERRIDES), "commit.interval.ms"))
                .isEqualTo("1000");
    }

    @Test
    void keepApplicationIds() {
        assertThat(valueOf(StreamsSettings.admit(instance(1), NO_OVERRIDES), "application.id"))
                .isEqualTo("tidemark-admit");
        assertThat(valueOf(StreamsSettings.materialize(instance(1), NO_OVERRIDES), "application.id"))
                .isEqualTo("tidemark-materialize");
    }

    @Test
    void letASingleCopyBeWrittenWhereThereIsNoOther() {
        assertThat(valueOf(StreamsSettings.admit(instance(1), NO_OVERRIDES), "topic.min.insync.replicas"))
                .isEqualTo("1");
    }

    @Test
    void letAUserOverrideWhatIsOnlyTuning() {
        Properties settings = StreamsSettings.admit(instance(1), Map.of("commit.interval.ms", "100", "poll.ms", "50"));

        assertThat(valueOf(settings, "commit.interval.ms")).isEqualTo("100");
        assertThat(valueOf(settings, "poll.ms")).isEqualTo("50");
    }

    @ParameterizedTest
    @CsvSource({
        "processing.guarantee, at_least_once, exactly_once_v2",
        "application.id, mine, tidemark-admit",
        "main.consumer.auto.offset.reset, latest, none",
        "state.dir, /tmp/elsewhere, /state"
    })
    void letNobodyOverrideWhatCorrectnessRestsOn(String name, String wished, String stays) {
        Properties settings = StreamsSettings.admit(instance(1), Map.of(name, wished));

        assertThat(valueOf(settings, name)).isEqualTo(stays);
    }

    @ParameterizedTest
    @MethodSource("applications")
    void areTakenByKafkaStreams(Properties settings, Topology topology) {
        assertThatCode(() -> new org.apache.kafka.streams.TopologyConfig(new StreamsConfig(settings)))
                .doesNotThrowAnyException();
        assertThat(new StreamsConfig(settings).getMainConsumerConfigs("group", "client", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.instance.id", "host-7-0");
    }

    static Stream<Arguments> applications() {
        return Stream.of(
                Arguments.of(StreamsSettings.admit(instance(1), NO_OVERRIDES), GoldenTopologyTest.admit()),
                Arguments.of(StreamsSettings.materialize(instance(1), NO_OVERRIDES), GoldenTopologyTest.materialize()));
    }

    private static String valueOf(Properties settings, String name) {
        Object value = settings.get(name);
        return value instanceof Class<?> type ? type.getName() : String.valueOf(value);
    }

    private static StreamsSettings.Instance instance(int replicationFactor) {
        return new StreamsSettings.Instance(
                Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1"),
                Path.of("/state"),
                "host-7",
                "127.0.0.1:7070",
                new StreamsSettings.Copies(replicationFactor, 0),
                2 << 20);
    }
}
