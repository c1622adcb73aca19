package dev.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** What must hold on any broker: pushed, pulled, acked, and the log adds up. */
interface BrokerSuite {
    RunningTidemark tidemark();

    @Test
    default void whatIsPushedIsPulledAndAcked() {
        Project project = new Project(tidemark(), "suite-" + getClass().getSimpleName());
        project.pushNotes("a", 30);

        JsonNode page =
                Http.get(project.url("/changes?target=reader&limit=100")).ok();
        JsonNode acked = Http.post(
                        project.url("/targets/reader/ack"),
                        "application/json",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("cursor", page.path("cursor").asText())
                                .toString())
                .ok();

        assertThat(page.path("changes")).hasSize(30);
        assertThat(page.path("has_more").asBoolean()).isFalse();
        assertThat(acked.isObject()).isTrue();
        assertThat(Http.get(project.url("/changes?target=reader")).ok().path("changes"))
                .isEmpty();
    }

    @Test
    default void aRetryChangesNothingAndTheLogAddsUp() {
        Project project = new Project(tidemark(), "again-" + getClass().getSimpleName());
        project.pushNotes("a", 10);
        project.pushNotes("a", 10);
        PlainAvro avro = new PlainAvro(tidemark().registry());
        LogAudit audit = new LogAudit();

        for (ConsumerRecord<String, byte[]> record : PlainConsumer.read(
                tidemark().bootstrap(), "tidemark.log", project.name() + "/", new ByteArrayDeserializer()))
            audit.take(
                    record.key(),
                    record.value() == null ? null : avro.decode(record.value()),
                    avro.decode(record.headers().lastHeader("tm-meta").value()));

        assertThat(audit.ordinal()).isEqualTo(10);
        assertThat(audit.digest()).isEqualTo(project.head().path("digest").asText());
    }
}
