package dev.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Apache's own clients and Apache Avro, with nothing of Tidemark but the names of its topics and its registry. */
@ExtendWith(SharedTidemark.class)
class StockClientsIT {
    private static final String MUTATIONS = "tidemark.mutations";
    private static final String LOG = "tidemark.log";

    private final RunningTidemark tidemark;
    private final PlainAvro avro;
    private final PlainAvro.Registered batches;

    StockClientsIT(RunningTidemark tidemark) {
        this.tidemark = tidemark;
        this.avro = new PlainAvro(tidemark.registry());
        this.batches = avro.latest("tidemark.mutations-value");
    }

    @Test
    void aPlainProducerWritesAvroAndHasItsOutcomes() throws Exception {
        Project project = new Project(tidemark, "plain-producer");

        produce(project, null, history(project));

        JsonNode outcomes = project.awaitDecided("plain", 5);
        assertThat(outcomes.findValuesAsText("outcome"))
                .containsExactly("accepted", "accepted", "accepted", "accepted", "unchanged");
        assertThat(Http.get(project.url("/entities/note?key=a%2Fb%25")).ok().at("/entities/0/payload"))
                .isEqualTo(Http.JSON.readTree("{\"n\":9007199254740993,\"title\":\"x\"}"));
    }

    @Test
    void aPlainConsumerDecodesTheLogAndChecksItForItself() throws Exception {
        Project project = new Project(tidemark, "plain-consumer");
        produce(project, null, history(project));
        project.awaitDecided("plain", 5);
        project.pushNotes("other", 20);

        LogAudit audit = new LogAudit();
        List<String> images = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record :
                PlainConsumer.read(tidemark.bootstrap(), LOG, project.name() + "/", new ByteArrayDeserializer())) {
            GenericRecord change = record.value() == null ? null : avro.decode(record.value());
            audit.take(
                    record.key(),
                    change,
                    avro.decode(record.headers().lastHeader("tm-meta").value()));
            images.add(record.key() + " " + (change == null ? "gone" : change.get("image")));
        }

        assertThat(images)
                .contains(
                        project.name() + "/note/a%2Fb%25 {\"n\":9007199254740993,\"title\":\"x\"}",
                        project.name() + "/note/b gone",
                        project.name() + "/note/n20 {\"number\":20}");
        assertThat(audit.ordinal()).isEqualTo(project.head().path("ordinal").asLong());
        assertThat(audit.digest()).isEqualTo(project.head().path("digest").asText());
    }

    @Test
    void whatLibrdkafkasDefaultPartitionerMisplacesIsForwardedAndDecided() throws Exception {
        Project project = new Project(tidemark, nameThatLibrdkafkaMisplaces());
        int crc = crcPartition(project.name());

        produce(project, crc, history(project));

        assertThat(project.awaitDecided("plain", 5).findValuesAsText("outcome")).contains("accepted");
        List<ConsumerRecord<String, byte[]>> seen =
                PlainConsumer.read(tidemark.bootstrap(), MUTATIONS, project.name(), new ByteArrayDeserializer());
        assertThat(seen)
                .anySatisfy(record -> assertThat(record.partition()).isEqualTo(crc))
                .anySatisfy(record -> {
                    assertThat(record.partition()).isEqualTo(javaPartition(project.name()));
                    assertThat(record.headers().lastHeader("tm-forwarded")).isNotNull();
                });
        assertThat(PlainConsumer.read(
                        tidemark.bootstrap(), "tidemark.dead-letters", project.name(), new ByteArrayDeserializer()))
                .isEmpty();
    }

    /** Three batches of one replica: created, changed, one deleted, one that changes nothing. */
    private List<GenericRecord> history(Project project) {
        return List.of(
                batch(project)
                        .put(1, "note", "a/b%", "{\"title\":\"x\"}")
                        .put(2, "note", "b", "{}")
                        .build(),
                batch(project).set(3, "note", "a/b%", "n", "9007199254740993").build(),
                batch(project)
                        .delete(4, "note", "b")
                        .set(5, "note", "a/b%", "title", "\"x\"")
                        .build());
    }

    private PlainBatch batch(Project project) {
        return new PlainBatch(batches.schema(), project.name(), "plain");
    }

    /** @param partition null: as the client chooses */
    private void produce(
            Project project, @org.jspecify.annotations.Nullable Integer partition, List<GenericRecord> records)
            throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", tidemark.bootstrap(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (GenericRecord record : records)
                producer.send(new ProducerRecord<>(
                                MUTATIONS, partition, project.name(), avro.encode(batches.id(), record)))
                        .get(20, TimeUnit.SECONDS);
        }
    }

    private static String nameThatLibrdkafkaMisplaces() {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "rdkafka-" + i)
                .filter(name -> crcPartition(name) != javaPartition(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@code consistent_random}, the default of librdkafka, for a key that is there. */
    private static int crcPartition(String key) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % 6);
    }

    private static int javaPartition(String key) {
        return (org.apache.kafka.common.utils.Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % 6;
    }
}
