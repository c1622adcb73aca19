package dev.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apicurio's Avro serde of 3.1, its bytes unchanged; where its schemas come from is a class that its configuration names. */
@ExtendWith(SharedTidemark.class)
class ApicurioSerdeIT {
    private static final String MUTATIONS = "tidemark.mutations";

    private final RunningTidemark tidemark;

    ApicurioSerdeIT(RunningTidemark tidemark) {
        this.tidemark = tidemark;
    }

    @Test
    void writesMutationsAndReadsTheLogAndItsHeader() throws Exception {
        Project project = new Project(tidemark, "apicurio");
        GenericRecord batch = batch(project);

        try (AvroKafkaSerializer<Object> serializer = serializer(configured());
                KafkaProducer<String, Object> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", tidemark.bootstrap(), "acks", "all"),
                        new StringSerializer(),
                        serializer)) {
            producer.send(new ProducerRecord<>(MUTATIONS, project.name(), batch))
                    .get(20, TimeUnit.SECONDS);
        }

        assertThat(project.awaitDecided("serde", 2).findValuesAsText("outcome"))
                .containsExactly("accepted", "accepted");
        try (AvroKafkaDeserializer<GenericRecord> deserializer = deserializer(configured())) {
            List<ConsumerRecord<String, GenericRecord>> log =
                    PlainConsumer.read(tidemark.bootstrap(), "tidemark.log", "apicurio/", deserializer);
            assertThat(log).hasSize(2);
            assertThat(log.get(0).value().get("image")).hasToString("{\"title\":\"y\"}");
            assertThat(ordinal(deserializer, log.get(1).headers())).isEqualTo(2L);
        }
    }

    @Test
    void writesTheSameBytesAsPlainAvro() {
        Project project = new Project(tidemark, "apicurio-bytes");
        GenericRecord batch = batch(project);

        try (AvroKafkaSerializer<Object> serializer = serializer(configured())) {
            assertThat(serializer.serialize(MUTATIONS, batch))
                    .isEqualTo(new PlainAvro(tidemark.registry()).encode(1, batch));
        }
    }

    /** Which is why a resolver is needed: whatever the URL, it asks for groups and artifacts, never for subjects. */
    @ParameterizedTest
    @ValueSource(strings = {"/registry", "/apis/ccompat/v7", "/apis/registry/v3"})
    void byItselfItAsksForApicuriosOwnApiUnderWhateverUrlItIsGiven(String path) throws Exception {
        GenericRecord batch = batch(new Project(tidemark, "apicurio-alone"));

        try (AskedPaths asked = AskedPaths.listen();
                AvroKafkaSerializer<Object> serializer = serializer(new HashMap<>(Map.of(
                        "apicurio.registry.url", asked.server() + path, "apicurio.registry.find-latest", true)))) {
            assertThatThrownBy(() -> serializer.serialize(MUTATIONS, batch)).isInstanceOf(RuntimeException.class);

            assertThat(asked.paths())
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each).contains("/apis/registry/v3/groups/default/artifacts/"));
        }
    }

    private static Object ordinal(AvroKafkaDeserializer<GenericRecord> deserializer, Headers headers) {
        return deserializer
                .deserialize("tidemark.log", headers.lastHeader("tm-meta").value())
                .get("ordinal");
    }

    private GenericRecord batch(Project project) {
        PlainAvro.Registered latest = new PlainAvro(tidemark.registry()).latest("tidemark.mutations-value");
        return new PlainBatch(latest.schema(), project.name(), "serde")
                .put(1, "note", "a", "{\"title\":\"y\"}")
                .put(2, "note", "b", "{}")
                .build();
    }

    private Map<String, Object> configured() {
        return new HashMap<>(Map.of(
                "apicurio.registry.url", tidemark.registry(),
                "apicurio.registry.schema-resolver", ConfluentApiResolver.class.getName()));
    }

    private static AvroKafkaSerializer<Object> serializer(Map<String, Object> settings) {
        AvroKafkaSerializer<Object> serializer = new AvroKafkaSerializer<>();
        serializer.configure(settings, false);
        return serializer;
    }

    private static AvroKafkaDeserializer<GenericRecord> deserializer(Map<String, Object> settings) {
        AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>();
        deserializer.configure(settings, false);
        return deserializer;
    }
}
