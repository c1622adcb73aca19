package dev.tidemark.examples;

import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How many entities each type of each project has, kept up to date. Arguments: bootstrap servers and a directory for its state. Runs
 * until Ctrl-C and prints every count that changes.
 */
public final class CountByType {
    private CountByType() {}

    public static void main(String[] args) throws InterruptedException {
        Properties settings = settings(
                args.length > 0 ? args[0] : "127.0.0.1:19092",
                args.length > 1 ? args[1] : System.getProperty("java.io.tmpdir") + "/count-by-type");
        StreamsBuilder builder = new StreamsBuilder();
        EntityCounts.of(builder)
                .toStream()
                .foreach((type, count) -> System.out.println(type + "  " + (count == null ? 0 : count)));
        CountDownLatch ended = new CountDownLatch(1);
        KafkaStreams streams = new KafkaStreams(builder.build(settings), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            streams.close();
            ended.countDown();
        }));
        streams.start();
        ended.await();
    }

    static Properties settings(String bootstrap, String stateDirectory) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "count-by-type");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        // A change of two counts by one record counts once, also over a crash; implies isolation.level=read_committed.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        // The log is compacted: it is its own changelog.
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.REUSE_KTABLE_SOURCE_TOPICS);
        return settings;
    }
}
