package dev.tidemark.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.ProjectCopy.Sum;
import dev.tidemark.model.Digest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** The digests of a project and of its buckets that are not empty, as the server says at one seq. */
record ServedDigest(Head head, SortedMap<Integer, Sum> buckets) {
    static ServedDigest ask(String project, ServerClient server, Patience patience) {
        Resource resource = Resource.ofProject(project).part("digest").with("buckets", "true");
        return of(patience.insist(() -> server.getJson(resource)));
    }

    static ServedDigest of(JsonNode answer) {
        Head head = Head.of(answer.path("head").isObject() ? answer.path("head") : answer);
        if (head.digest().isEmpty()) throw new CommandFailure("the server's answer has no digest in it");
        SortedMap<Integer, Sum> buckets = new TreeMap<>();
        for (JsonNode bucket : answer.path("buckets"))
            buckets.put(bucket.path("bucket").asInt(), sum(bucket));
        buckets.values().removeIf(Sum.ZERO::equals);
        return new ServedDigest(head, buckets);
    }

    private static Sum sum(JsonNode bucket) {
        return new Sum(
                digest(bucket.path("digest").asText()), bucket.path("count").asLong());
    }

    private static Digest digest(String hex) {
        try {
            return Digest.of(HexFormat.of().parseHex(hex));
        } catch (RuntimeException e) {
            throw new CommandFailure("the server's answer has '" + hex + "' where a digest should be", e);
        }
    }
}
