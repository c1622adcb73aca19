package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the written contract, the OpenAPI document and the handlers together. */
class ContractTest {
    /** What the written contract (api.md) names of this part. */
    private static final Set<String> WRITTEN = Set.of(
            "POST /v1/projects/{project}/mutations",
            "GET /v1/projects/{project}/changes",
            "GET /v1/projects/{project}/targets",
            "PUT /v1/projects/{project}/targets/{target}",
            "GET /v1/projects/{project}/targets/{target}",
            "DELETE /v1/projects/{project}/targets/{target}",
            "POST /v1/projects/{project}/targets/{target}/ack",
            "POST /v1/projects/{project}/targets/{target}/reset",
            "GET /v1/projects",
            "GET /v1/projects/{project}",
            "PUT /v1/projects/{project}",
            "DELETE /v1/projects/{project}",
            "GET /v1/projects/{project}/entities/{entity}",
            "GET /v1/projects/{project}/replicas/{replica}/seqs",
            "GET /v1/projects/{project}/seqs/{seq}",
            "GET /v1/projects/{project}/digest",
            "DELETE /v1/projects/{project}/replicas/{replica}",
            "GET /health/live",
            "GET /health/ready",
            "GET /metrics",
            "GET /openapi.json");
    /** Named there as well, each with an issue of its own. */
    private static final Set<String> NOT_YET = Set.of(
            "GET /v1/projects/{project}/destinations",
            "GET /v1/projects/{project}/sources",
            "GET /v1/projects/{project}/dumps",
            "GET /v1/projects/{project}/schedules",
            "GET /v1/projects/{project}/jobs",
            "GET /v1/events",
            "GET /v1/lag");

    private static final Pattern CODE =
            Pattern.compile("Problem\\.(?:of|retry)\\(\\s*(?:refused[^,]*|\\d+|[^,\"]*),\\s*\"([a-z_]+)\"");

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
    void theDocumentHasEveryRouteThatIsServedAndNoOther() {
        Set<String> documented = OpenApi.operations().stream()
                .map(each -> each.method() + " " + each.path())
                .collect(Collectors.toSet());

        assertThat(documented).isEqualTo(served());
    }

    @Test
    void theDocumentHasEveryQueryParameterThatIsTakenAndNoOther() {
        for (Gateway.Route route : gateway.routes())
            assertThat(OpenApi.operation(route.method(), route.path()).parameters("query"))
                    .as(route.method() + " " + route.path())
                    .isEqualTo(new TreeSet<>(route.parameters()));
    }

    @Test
    void theDocumentHasEveryPlaceholderOfAPath() {
        for (OpenApi.Operation each : OpenApi.operations()) {
            Set<String> placeholders = new TreeSet<>();
            Matcher matcher = Pattern.compile("\\{([a-z]+)}").matcher(each.path());
            while (matcher.find()) placeholders.add(matcher.group(1));

            assertThat(each.parameters("path")).as(each.path()).isEqualTo(placeholders);
        }
    }

    @Test
    void servesWhatTheWrittenContractNames() {
        assertThat(served()).containsAll(WRITTEN).doesNotContainAnyElementsOf(NOT_YET);
        assertThat(served()).anyMatch(route -> route.startsWith("GET /registry/"));
    }

    @Test
    void everyReferenceOfTheDocumentLeadsSomewhere() {
        List<String> broken = OpenApi.DOCUMENT.findValuesAsText("$ref").stream()
                .filter(target -> OpenApi.DOCUMENT.at(target.substring(1)).isMissingNode())
                .toList();

        assertThat(broken).isEmpty();
    }

    @Test
    void everyExampleOfTheDocumentIsTrue() {
        List<String> faults = new ArrayList<>();
        for (OpenApi.Operation each : OpenApi.operations()) {
            contents(each)
                    .forEach((place, content) -> content.properties().forEach(media -> {
                        JsonNode example = media.getValue().path("example");
                        if (!example.isMissingNode())
                            for (String fault :
                                    SchemaCheck.faults(media.getValue().path("schema"), example))
                                faults.add(each.method() + " " + each.path() + " " + place + ": " + fault);
                    }));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyOperationSaysWhatItIsAndHowItFails() {
        for (OpenApi.Operation each : OpenApi.operations()) {
            String what = each.method() + " " + each.path();
            assertThat(each.json().path("operationId").asText()).as(what).isNotBlank();
            assertThat(each.json().path("summary").asText()).as(what).endsWith(".");
            assertThat(each.response(403).isMissingNode()).as(what).isFalse();
            assertThat(each.response(500).isMissingNode()).as(what).isFalse();
            if (!each.method().equals("GET") && !each.path().startsWith("/registry"))
                assertThat(each.response(415).isMissingNode()).as(what).isFalse();
        }
        assertThat(OpenApi.DOCUMENT.findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    @Test
    void theDocumentListsEveryCodeOfAProblem() throws IOException {
        Set<String> listed = new TreeSet<>();
        OpenApi.DOCUMENT
                .at("/components/schemas/Problem/properties/code/anyOf/0/enum")
                .forEach(code -> listed.add(code.asText()));

        assertThat(listed).containsAll(codesInSources());
    }

    @Test
    void servesTheDocument() {
        assertThat(gateway.http.get("/openapi.json").json()).isEqualTo(OpenApi.DOCUMENT);
    }

    private static Set<String> served() {
        return gateway.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toSet());
    }

    private static Map<String, JsonNode> contents(OpenApi.Operation operation) {
        Map<String, JsonNode> contents = new java.util.TreeMap<>();
        contents.put("request", operation.json().path("requestBody").path("content"));
        operation
                .json()
                .path("responses")
                .properties()
                .forEach(each -> contents.put(
                        each.getKey(), OpenApi.resolved(each.getValue()).path("content")));
        return contents;
    }

    private static Set<String> codesInSources() throws IOException {
        Path sources = Path.of("src/main/java/dev/tidemark/backbone/gateway");
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Matcher matcher = CODE.matcher(Files.readString(file));
                while (matcher.find()) codes.add(matcher.group(1));
            }
        }
        assertThat(codes).contains("host_refused", "cursor_invalid", "outcome_pending", "too_large");
        return codes;
    }
}
