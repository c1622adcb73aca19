package dev.tidemark.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Json;
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
        for (JsonNode row : Json.rows(answer)) {
            Sum sum = new Sum(
                    digest(row.path("digest").asText()), row.path("count").asLong());
            if (!sum.equals(Sum.ZERO)) buckets.put(bucket(row.path("bucket")), sum);
        }
        return new ServedDigest(head, buckets);
    }

    Sum sum() {
        return new Sum(digest(head.digest().orElseThrow()), head.count());
    }

    /** Whether the parts make up the whole. */
    boolean isSumOfItsBuckets() {
        return buckets.values().stream().reduce(Sum.ZERO, Sum::plus).equals(sum());
    }

    private static int bucket(JsonNode bucket) {
        return bucket.isNumber() ? bucket.asInt() : HexFormat.fromHexDigits(bucket.asText());
    }

    private static Digest digest(String hex) {
        try {
            return Digest.of(HexFormat.of().parseHex(hex));
        } catch (RuntimeException e) {
            throw new CommandFailure("the server's answer has '" + hex + "' where a digest should be", e);
        }
    }
}
