package dev.tidemark.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.client.ServerProblem;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.EmbeddedSchemas.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Whether a registry has the schemas of this release, and would take those that it lacks. */
public final class RegistryCheckup {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;

    private final ServerClient registry;

    public RegistryCheckup(ServerClient registry) {
        this.registry = registry;
    }

    /** One finding per schema version, in order. */
    public List<Finding> run() {
        EmbeddedSchemas ours = new EmbeddedSchemas();
        List<Finding> findings = new ArrayList<>();
        for (String subject : ours.subjects())
            for (int number : ours.versions(subject))
                findings.add(check(ours.version(subject, number).orElseThrow()));
        return findings;
    }

    private Finding check(Version ours) {
        String what = ours.subject() + " version " + ours.version();
        try {
            JsonNode found = ask(Resource.of("/subjects/" + escaped(ours)), ours);
            return Finding.ok(what, "there, with id " + found.path("id").asText("?"));
        } catch (ServerProblem problem) {
            if (problem.status() != NOT_FOUND) throw problem;
            return missing(what, ours);
        }
    }

    private Finding missing(String what, Version ours) {
        if (!wouldTake(ours))
            return Finding.wrong(
                    what,
                    "not there, and the registry has another one that it does not fit",
                    "somebody registered something else under " + ours.subject() + ": use another registry");
        return Finding.wrong(what, "not there", "run `tidemark schemas register`");
    }

    /** A subject that has no version yet takes any. */
    private boolean wouldTake(Version ours) {
        try {
            Resource latest = Resource.of("/compatibility/subjects/" + escaped(ours) + "/versions/latest");
            return ask(latest, ours).path("is_compatible").asBoolean(true);
        } catch (ServerProblem problem) {
            if (problem.status() != NOT_FOUND) throw problem;
            return true;
        }
    }

    private JsonNode ask(Resource resource, Version ours) {
        byte[] body = Json.MAPPER
                .createObjectNode()
                .put("schema", ours.text())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return registry.post(resource, CONTENT_TYPE, body).json();
    }

    private static String escaped(Version ours) {
        return URLEncoder.encode(ours.subject(), StandardCharsets.UTF_8);
    }
}
