package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryRoutesTest {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    @TempDir
    static Path dir;

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(dir);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void servesEverySchemaUnderItsSubjectAndUnderItsId() {
        JsonNode subjects = gateway.http.get("/registry/subjects").json();
        assertThat(subjects).isNotEmpty();
        for (JsonNode subject : subjects) {
            String path = "/registry/subjects/" + subject.asText() + "/versions";
            JsonNode versions = gateway.http.get(path).json();
            assertThat(versions).isNotEmpty();
            for (JsonNode version : versions) {
                JsonNode described = gateway.http.get(path + "/" + version).json();
                String id = described.path("id").asText();
                JsonNode byId = gateway.http.get("/registry/schemas/ids/" + id).json();

                assertThat(byId.path("schema").asText())
                        .isEqualTo(described.path("schema").asText());
                assertThat(gateway.http
                                .get("/registry/schemas/ids/" + id + "/schema")
                                .text())
                        .isEqualTo(described.path("schema").asText());
                assertThat(gateway.http.get(path + "/" + version + "/schema").text())
                        .isEqualTo(described.path("schema").asText());
                assertThat(gateway.http
                                .get("/registry/schemas/ids/" + id + "/versions")
                                .json()
                                .at("/0/subject")
                                .asText())
                        .isEqualTo(subject.asText());
                assertThat(gateway.http
                                .get("/registry/schemas/ids/" + id + "/subjects")
                                .json()
                                .path(0))
                        .isEqualTo(subject);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "-1"})
    void servesTheLatestVersion(String latest) {
        JsonNode versions = gateway.http
                .get("/registry/subjects/tidemark.log-value/versions")
                .json();

        assertThat(gateway.http
                        .get("/registry/subjects/tidemark.log-value/versions/" + latest)
                        .json()
                        .path("version"))
                .isEqualTo(versions.get(versions.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "/registry/subjects/nope/versions, 40401",
        "/registry/subjects/nope/versions/1, 40402",
        "/registry/subjects/tidemark.log-value/versions/999, 40402",
        "/registry/subjects/tidemark.log-value/versions/x, 40402",
        "/registry/schemas/ids/999999, 40403",
        "/registry/schemas/ids/x, 40403",
        "/registry/schemas/ids/999999/schema, 40403",
        "/registry/schemas/ids/999999/versions, 40403",
        "/registry/schemas/ids/999999/subjects, 40403"
    })
    void saysWhatIsMissingInTheWordsOfThatApi(String path, int code) {
        ContractClient.Answer answer = gateway.http.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.mediaType()).isEqualTo(MEDIA_TYPE);
        assertThat(answer.json().path("error_code").asInt()).isEqualTo(code);
    }

    @Test
    void registersWhatIsHereAlready() {
        JsonNode known = gateway.http
                .get("/registry/subjects/tidemark.log-value/versions/latest")
                .json();

        ContractClient.Answer registered = post(
                "/registry/subjects/tidemark.log-value/versions?normalize=true",
                known.path("schema").asText());
        ContractClient.Answer found = post(
                "/registry/subjects/tidemark.log-value", known.path("schema").asText());

        assertThat(registered.json().path("id")).isEqualTo(known.path("id"));
        assertThat(found.json()).isEqualTo(known);
    }

    @Test
    void registersNothingElse() {
        ContractClient.Answer answer = post("/registry/subjects/tidemark.log-value/versions", "\"string\"");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("error_code").asInt()).isEqualTo(42205);
        assertThat(post("/registry/subjects/mine-value/versions", "\"string\"").status())
                .isEqualTo(422);
        assertThat(post("/registry/subjects/tidemark.log-value/versions", "no schema")
                        .status())
                .isEqualTo(422);
        assertThat(post("/registry/subjects/tidemark.log-value", "\"string\"")
                        .json()
                        .path("error_code")
                        .asInt())
                .isEqualTo(40403);
        assertThat(post("/registry/subjects/mine-value", "\"string\"")
                        .json()
                        .path("error_code")
                        .asInt())
                .isEqualTo(40401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"schema\":7}", "[", "null"})
    void refusesABodyWithoutASchema(String body) {
        ContractClient.Answer answer = gateway.http.send(
                "POST",
                "/registry/subjects/tidemark.log-value/versions",
                MEDIA_TYPE,
                body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("error_code").asInt()).isEqualTo(42201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/registry/config",
                "/registry/config/x?defaultToGlobal=true",
                "/registry/mode",
                "/registry/mode/x?defaultToGlobal=true",
                "/registry/schemas/types"
            })
    void saysHowItIsSetUp(String path) {
        ContractClient.Answer answer = gateway.http.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo(MEDIA_TYPE);
    }

    private static ContractClient.Answer post(String path, String schema) {
        ObjectNode body = new ObjectMapper().createObjectNode().put("schema", schema);
        return gateway.http.send("POST", path, MEDIA_TYPE, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
