package dev.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every request that {@code io.confluent:kafka-avro-serializer} makes, word for word, and what it must be answered. Source: RestService
 * and CachedSchemaRegistryClient of confluentinc/schema-registry; the artifact itself is not on Maven Central.
 */
@ExtendWith(SharedTidemark.class)
class ConfluentSerializerIT {
    private static final String MUTATIONS = "/subjects/tidemark.mutations-value";
    private static final String LOG = "/subjects/tidemark.log-value";
    private static final String V1 = "application/vnd.schemaregistry.v1+json";

    private final String registry;

    ConfluentSerializerIT(RunningTidemark tidemark) {
        this.registry = tidemark.registry();
    }

    @Test
    void useLatestVersionFindsTheLatestSchema() {
        JsonNode latest = confluentGet(MUTATIONS + "/versions/latest");

        assertThat(latest.path("subject").asText()).isEqualTo("tidemark.mutations-value");
        assertThat(latest.path("version").asInt()).isEqualTo(1);
        assertThat(latest.path("id").asInt()).isEqualTo(1);
        assertThat(parsed(latest).getFullName()).isEqualTo("dev.tidemark.wire.MutationBatch");
    }

    @Test
    void latestCompatibilityStrictFindsTheSchemaThatItComparesWith() {
        JsonNode version = confluentGet(MUTATIONS + "/versions/1?deleted=true");

        assertThat(version).isEqualTo(confluentGet(MUTATIONS + "/versions/latest"));
    }

    @Test
    void withoutAutoRegistrationTheIdIsLookedUpByTheSchema() {
        Http.Answer answer = Http.postSchema(registry + MUTATIONS + "?normalize=false&deleted=false", ofClass());

        assertThat(answer.mediaType()).startsWith(V1);
        assertThat(answer.ok().path("id").asInt()).isEqualTo(1);
        assertThat(answer.json().path("version").asInt()).isEqualTo(1);
        assertThat(answer.json().path("subject").asText()).isEqualTo("tidemark.mutations-value");
    }

    @Test
    void autoRegistrationOfOurOwnSchemaAnswersItsId() {
        Http.Answer answer = Http.postSchema(registry + MUTATIONS + "/versions?normalize=false", ofClass());

        assertThat(answer.ok().path("id").asInt()).isEqualTo(1);
    }

    @Test
    void aSchemaThatIsNotOursIsRefusedInWordsThatTheSerializerUnderstands() {
        String other = "{\"type\":\"record\",\"name\":\"Mine\",\"fields\":[]}";

        Http.Answer registered = Http.postSchema(registry + MUTATIONS + "/versions?normalize=false", other);
        Http.Answer lookedUp = Http.postSchema(registry + MUTATIONS + "?normalize=false&deleted=false", other);

        assertThat(registered.status()).isEqualTo(422);
        assertThat(registered.json().path("error_code").asInt()).isEqualTo(42205);
        assertThat(registered.json().path("message").asText()).contains("tidemark.mutations-value");
        assertThat(lookedUp.status()).isEqualTo(404);
        assertThat(lookedUp.json().path("error_code").asInt()).isEqualTo(40403);
    }

    @Test
    void theDeserializerFetchesTheWritersSchemaByIdAndSubject() {
        JsonNode byId = confluentGet("/schemas/ids/2?fetchMaxId=false&subject=tidemark.log-value");

        assertThat(parsed(byId).getFullName()).isEqualTo("dev.tidemark.wire.EntityChange");
        assertThat(confluentGet("/schemas/ids/2?fetchMaxId=false")).isEqualTo(byId);
    }

    @Test
    void theHeaderIsFoundUnderTheSubjectThatTheDeserializerAsksWith() {
        // A deserializer that is given the topic's name asks with the topic's subject, whatever the id is.
        JsonNode byId = confluentGet("/schemas/ids/3?fetchMaxId=false&subject=tidemark.log-value");

        assertThat(parsed(byId).getFullName()).isEqualTo("dev.tidemark.wire.RecordMeta");
    }

    @Test
    void theDeserializerLearnsTheVersionOfTheWritersSchema() {
        JsonNode schema = confluentGet("/schemas/ids/2?fetchMaxId=false&subject=tidemark.log-value");

        Http.Answer version = Http.postSchema(
                registry + LOG + "?normalize=false&deleted=true",
                schema.path("schema").asText());

        assertThat(version.ok().path("version").asInt()).isEqualTo(1);
        assertThat(version.json().path("id").asInt()).isEqualTo(2);
    }

    @Test
    void anIdThatNoSchemaHasIsNotFound() {
        Http.Answer answer = Http.get(registry + "/schemas/ids/4711?fetchMaxId=false&subject=tidemark.log-value");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("error_code").asInt()).isEqualTo(40403);
    }

    @Test
    void configurationAndModeAreWhatTheSerializerExpects() {
        assertThat(confluentGet("/config/tidemark.log-value?defaultToGlobal=true")
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("FULL_TRANSITIVE");
        assertThat(confluentGet("/config?defaultToGlobal=false")
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("FULL_TRANSITIVE");
        assertThat(confluentGet("/mode/tidemark.log-value?defaultToGlobal=true")
                        .path("mode")
                        .asText())
                .isEqualTo("READONLY");
    }

    @Test
    void subjectsAndVersionsAreListed() {
        assertThat(confluentGet("/subjects?deleted=false")).hasSize(8);
        assertThat(confluentGet(LOG + "/versions?deleted=false&deletedOnly=false"))
                .hasSize(1);
        assertThat(confluentGet("/schemas/ids/2/subjects"))
                .extracting(JsonNode::asText)
                .containsExactly("tidemark.log-value");
    }

    /** What a generated class carries: no docs of ours, Java's string type. */
    private String ofClass() {
        return parsed(confluentGet(MUTATIONS + "/versions/latest"))
                .toString()
                .replace("\"type\":\"string\"", "\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}");
    }

    private JsonNode confluentGet(String rest) {
        Http.Answer answer = Http.get(
                registry + rest,
                "Content-Type",
                Http.REGISTRY_TYPES,
                "Accept",
                Http.REGISTRY_TYPES,
                "X-Forward",
                "true");
        assertThat(answer.status()).as(rest).isEqualTo(200);
        assertThat(answer.mediaType()).startsWith(V1);
        return answer.json();
    }

    private static Schema parsed(JsonNode version) {
        return new Schema.Parser().parse(version.path("schema").asText());
    }
}
