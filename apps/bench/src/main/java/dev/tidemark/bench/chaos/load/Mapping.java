package dev.tidemark.bench.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.bench.chaos.evidence.Answer;
import dev.tidemark.bench.place.Until;
import dev.tidemark.model.Origin;
import java.time.Duration;
import java.util.Optional;

/** What the server says in the end became of everything that a replica pushed. */
final class Mapping {
    private static final Duration ANSWERED_MAX = Duration.ofSeconds(60);
    private static final int LIMIT = 5_000;

    private final Project project;
    private final String replica;
    private final String incarnation;
    private long from;

    Mapping(Project project, String replica, String incarnation) {
        this.project = project;
        this.replica = replica;
        this.incarnation = incarnation;
    }

    void note() {
        Until.met(ANSWERED_MAX, "the outcomes of " + replica + " are listed", this::isListed);
    }

    /** One page more. @return whether it was the last */
    private boolean isListed() {
        Optional<JsonNode> page = project.get(
                replica,
                "/replicas/" + replica + "/seqs?incarnation=" + incarnation + "&limit=" + LIMIT + "&from=" + from);
        if (page.isEmpty()) return false;
        JsonNode origins = page.get();
        origins.forEach(this::note);
        if (origins.size() == LIMIT)
            from = origins.get(LIMIT - 1).path("local_seq").asLong() + 1;
        return origins.size() < LIMIT;
    }

    private void note(JsonNode origin) {
        project.notes()
                .add(new Answer(
                        new Origin(
                                replica, incarnation, origin.path("local_seq").asLong()),
                        origin.path("outcome").asText(),
                        origin.path("seq").asLong(-1),
                        origin.path("reason").asText()));
    }
}
