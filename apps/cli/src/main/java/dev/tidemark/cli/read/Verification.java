package dev.tidemark.cli.read;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.PagedList;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.ProjectCopy.Row;
import dev.tidemark.cli.read.ProjectCopy.Sum;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** Holds what a server serves against the digests that it gives (L7). */
public final class Verification {
    private static final int ATTEMPTS_MAX = 10;

    private final String project;
    private final ServerClient server;
    private final Patience patience;

    public Verification(String project, ServerClient server, Patience patience) {
        this.project = project;
        this.server = server;
        this.patience = patience;
    }

    /** Whether the digests of the buckets make up the digest of the project. Reads no entity. */
    public VerifyReport quick() {
        ServedDigest served = ServedDigest.ask(project, server, patience);
        Sum parts = served.buckets().values().stream().reduce(Sum.ZERO, Sum::plus);
        return new VerifyReport(project, served.head(), parts, new TreeSet<>(), List.of());
    }

    /** Reads everything, computes every hash and digest anew, and names the buckets and entities that differ. */
    public VerifyReport deep(LongConsumer progress) {
        FullRead read = new FullRead(project, server, patience, progress);
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            ProjectCopy copy = read.toHead();
            ServedDigest served = ServedDigest.ask(project, server, patience);
            if (served.head().seq() == read.head().seq()) return compared(copy, served);
        }
        throw new CommandFailure(
                project + " changed during each of " + ATTEMPTS_MAX + " readings; verify it again when less is pushed");
    }

    private VerifyReport compared(ProjectCopy copy, ServedDigest served) {
        SortedMap<Integer, Sum> own = copy.buckets();
        SortedSet<Integer> differing = new TreeSet<>(own.keySet());
        differing.addAll(served.buckets().keySet());
        differing.removeIf(
                bucket -> Objects.equals(own.get(bucket), served.buckets().get(bucket)));
        SortedSet<EntityKey> entities = new TreeSet<>(copy.wronglyHashed());
        if (!differing.isEmpty()) entities.addAll(listedOtherwise(copy, differing));
        List<String> names = entities.stream().map(EntityKey::shown).toList();
        return new VerifyReport(project, served.head(), copy.sum(), differing, names);
    }

    /** Entities of the buckets that the server's lists show with another hash, or on one side only. */
    private SortedSet<EntityKey> listedOtherwise(ProjectCopy copy, Set<Integer> buckets) {
        Map<EntityKey, String> own = new TreeMap<>();
        copy.sorted().forEach((id, row) -> own.put(id, row.hash()));
        Map<EntityKey, String> listed = new TreeMap<>();
        for (String type : types(copy)) list(type, listed);
        SortedSet<EntityKey> all = new TreeSet<>(own.keySet());
        all.addAll(listed.keySet());
        all.removeIf(id -> !buckets.contains(copy.bucketOf(id)) || Objects.equals(own.get(id), listed.get(id)));
        return all;
    }

    private SortedSet<String> types(ProjectCopy copy) {
        SortedSet<String> types = new TreeSet<>();
        for (Map.Entry<EntityKey, Row> row : copy.sorted().entrySet())
            types.add(row.getKey().entity());
        return types;
    }

    private void list(String type, Map<EntityKey, String> into) {
        new PagedList(server, patience)
                .read(
                        () -> Resource.ofProject(project).part("entities").name(type),
                        row -> into.put(
                                new EntityKey(type, row.path("entity_key").asText()),
                                row.path("hash").asText()));
    }
}
