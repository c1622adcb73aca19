package dev.tidemark.cli.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.read.ProjectCopy.Sum;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * What a verification found.
 *
 * @param served what the server says of the whole
 * @param computed the same from what was read
 * @param buckets that differ
 * @param entities that differ, or whose payload has not the hash that came with it
 */
public record VerifyReport(
        String project, Head served, Sum computed, SortedSet<Integer> buckets, List<String> entities) {
    private static final int NAMED_MAX = 20;

    public boolean isEqual() {
        return buckets.isEmpty()
                && entities.isEmpty()
                && served.count() == computed.count()
                && served.digest().orElse("").equals(computed.digest().hex());
    }

    public String text() {
        String place = project + " at seq " + served.seq() + ": ";
        if (isEqual())
            return place + served.count() + " entities, digest "
                    + computed.digest().hex() + ", all equal";
        return place + "served " + served.count() + " entities, digest "
                + served.digest().orElse("none") + "; computed "
                + computed.count() + ", " + computed.digest().hex() + named("; buckets that differ: ", buckets)
                + named("; entities that differ: ", entities);
    }

    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("project", project).put("equal", isEqual()).put("seq", served.seq());
        json.putObject("served")
                .put("count", served.count())
                .put("digest", served.digest().orElse(null));
        json.putObject("computed")
                .put("count", computed.count())
                .put("digest", computed.digest().hex());
        buckets.forEach(json.putArray("differing_buckets")::add);
        entities.forEach(json.putArray("differing_entities")::add);
        return json;
    }

    private static String named(String label, Collection<?> names) {
        if (names.isEmpty()) return "";
        String more = names.size() > NAMED_MAX ? " and " + (names.size() - NAMED_MAX) + " more" : "";
        return names.stream().limit(NAMED_MAX).map(Object::toString).collect(Collectors.joining(", ", label, more));
    }
}
