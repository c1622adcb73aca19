package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The OpenAPI document of this build, as far as tests ask it. */
final class OpenApi {
    static final JsonNode DOCUMENT = read();

    private OpenApi() {}

    /** One operation of the document. */
    record Operation(String method, String path, JsonNode json) {
        Set<String> parameters(String in) {
            Set<String> names = new TreeSet<>();
            for (JsonNode each : json.path("parameters")) {
                JsonNode parameter = resolved(each);
                if (parameter.path("in").asText().equals(in))
                    names.add(parameter.path("name").asText());
            }
            return names;
        }

        /** @return missing: the document does not know that status here */
        JsonNode response(int status) {
            return resolved(json.path("responses").path(Integer.toString(status)));
        }
    }

    static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties())
            for (Map.Entry<String, JsonNode> method : path.getValue().properties())
                all.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
        return all;
    }

    static Operation operation(String method, String requestPath) {
        return operations().stream()
                .filter(each -> each.method().equals(method) && matches(each.path(), requestPath))
                .min((a, b) -> a.path().length()
                        - a.path().replace("{", "").length()
                        - (b.path().length() - b.path().replace("{", "").length()))
                .orElseThrow(() -> new AssertionError("not in the document: " + method + " " + requestPath));
    }

    static JsonNode resolved(JsonNode node) {
        JsonNode target = node.path("$ref");
        if (target.isMissingNode()) return node;
        return DOCUMENT.at(target.asText().substring(1));
    }

    private static boolean matches(String template, String path) {
        String regex = Pattern.quote(template).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
        return Pattern.matches(regex, path);
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(OpenApi.class.getResource("/dev/tidemark/backbone/openapi.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
