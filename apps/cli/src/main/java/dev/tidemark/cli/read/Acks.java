package dev.tidemark.cli.read;

import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import java.nio.charset.StandardCharsets;

/** Tells the server how far a target has come. Repeating an ack changes nothing. */
public final class Acks {
    private final String project;
    private final String target;
    private final ServerClient server;
    private final Patience patience;

    public Acks(String project, String target, ServerClient server, Patience patience) {
        this.project = project;
        this.target = target;
        this.server = server;
        this.patience = patience;
    }

    void ack(String cursor) {
        byte[] body =
                Json.MAPPER.createObjectNode().put("cursor", cursor).toString().getBytes(StandardCharsets.UTF_8);
        Resource resource =
                Resource.ofProject(project).part("targets").name(target).part("ack");
        patience.insist(() -> server.post(resource, ServerClient.JSON, body));
    }
}
