package dev.tidemark.bench.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Shown;
import java.util.Optional;

/** Pulls small pages into a copy and acknowledges them to a target of its own. */
final class Follower {
    private static final int LIMIT = 7;

    private final Project project;
    private final Shown.Party party;
    private final Copy copy;
    private boolean isKnown;

    Follower(Project project, Shown.Party party) {
        this.project = project;
        this.party = party;
        this.copy = new Copy(project.notes().project());
    }

    /** One page, if there is one now, and its ack. @return whether the page left nothing */
    boolean step(int waitSeconds) {
        String token = copy.token();
        String from = token == null ? "full=true" : "cursor=" + token + "&wait=" + waitSeconds;
        Optional<JsonNode> answer = project.get(party.target(), "/changes?limit=" + LIMIT + "&" + from);
        if (answer.isEmpty()) return false;
        Page page = copy.apply(party.target(), answer.get());
        project.notes().add(page);
        ack();
        return page.end() != null;
    }

    private void ack() {
        project.post(
                        party.target(),
                        "/targets/" + party.target() + "/ack",
                        "{\"cursor\":\"" + copy.token() + "\",\"incarnation\":\"" + party.incarnation() + "\"}")
                .ifPresent(this::shown);
    }

    /** What the server says of the target by itself, once it has answered an ack: from then on the target must be there. */
    void look() {
        if (!isKnown) return;
        project.get(party.target(), "/targets/" + party.target()).ifPresent(this::shown);
    }

    private void shown(JsonNode target) {
        isKnown = true;
        project.notes()
                .add(new Shown(
                        party,
                        target.path("generation").asLong(),
                        CursorToken.decode(target.path("unified_cursor").asText()),
                        copy.through()));
    }
}
