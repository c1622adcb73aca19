package dev.tidemark.topology;

import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One partition of a topology, without a broker, with the settings that it has in production. */
abstract class Driver implements AutoCloseable {
    static final WireCodec CODEC = new WireCodec(new EmbeddedSchemas());
    static final Instant START = Instant.parse("2026-11-20T05:00:00Z");
    static final int MESSAGE_BYTES_MAX = 2 << 20;

    private final TopologyTestDriver driver;
    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
    private Instant now = START;

    Driver(Topology topology, Function<StreamsSettings.Instance, Properties> settings, Path stateDir) {
        StreamsSettings.Instance instance = new StreamsSettings.Instance(
                Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1"),
                stateDir,
                "test",
                "127.0.0.1:1",
                new StreamsSettings.Copies(1, 0),
                MESSAGE_BYTES_MAX);
        this.driver = new TopologyTestDriver(topology, settings.apply(instance), START);
    }

    /** As received, at the present time. */
    final void pipe(String topic, byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        pipeAt(now, topic, key, value, headers);
    }

    /** As appended at that time. */
    final void pipeAt(Instant time, String topic, byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders(headers), time));
    }

    /** What was written to a topic since the last call. */
    final List<TestRecord<byte[], byte[]>> written(String topic) {
        TestOutputTopic<byte[], byte[]> output = outputs.computeIfAbsent(
                topic,
                name -> driver.createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        return output.readRecordsToList();
    }

    final void advance(Duration by) {
        now = now.plus(by);
        driver.advanceWallClockTime(by);
    }

    final Instant now() {
        return now;
    }

    final KeyValueStore<Bytes, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(TestRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    @Override
    public final void close() {
        driver.close();
    }
}
