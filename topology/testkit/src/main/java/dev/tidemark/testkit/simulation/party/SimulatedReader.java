package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.Targets;
import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Target;
import dev.tidemark.testkit.simulation.backbone.Backbone;
import dev.tidemark.testkit.simulation.backbone.Pulled;
import dev.tidemark.testkit.simulation.backbone.Words;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reader that does not push and leaves its position to the server: after a start it asks for its target, and reads on from
 * there; a target at its beginning, and a 410, make it read in full. It acks nothing while a full read is under way.
 */
public final class SimulatedReader {
    private final Ground ground;
    private final Backbone backbone;
    private final String name;
    private final Set<String> filter;
    private final ReaderCopy copy = new ReaderCopy();
    private @Nullable Position position;
    private boolean fullWanted;
    private int request;
    private int revision;

    /** Where it is since its last start, and what it saw of its target then. Not durable. */
    private record Position(Cursor cursor, Target target) {}

    /** @param filter entity types; empty: all */
    public SimulatedReader(Ground ground, Backbone backbone, String name, Set<String> filter) {
        this.ground = ground;
        this.backbone = backbone;
        this.name = name;
        this.filter = filter;
    }

    public String name() {
        return name;
    }

    /** Canonical images. */
    public Map<EntityId, String> images() {
        return copy.images();
    }

    public Set<String> filter() {
        return filter;
    }

    /** Rises whenever the copy may have changed. */
    public int revision() {
        return revision;
    }

    public void pull(int rowsMax) {
        int number = ++request;
        Position from = position;
        if (from == null) send("a first pull of", () -> begin(number, rowsMax));
        else send("a pull of", () -> pull(number, from, from.cursor, rowsMax));
    }

    /** @param namesFrom whether the ack is only to count where the target is still where it was seen */
    public void ack(boolean namesFrom) {
        Position at = position;
        if (at == null || copy.isInFullRead()) return;
        send("an ack of", () -> {
            if (!backbone.serves(at.cursor)) return;
            backbone.wish(
                    Wishes.ack(name, null, at.cursor, at.target, namesFrom),
                    decision -> send("an answer for", () -> acked(at, decision)));
        });
    }

    /** It forgets what is not durable, and with it a full read that was under way. */
    public void crash() {
        ground.tally().count("reader crash");
        position = null;
        fullWanted = false;
        copy.breakOff();
        request++;
        revision++;
    }

    /** Whether it has read up to there since its last start. */
    public boolean isAt(Cursor head) {
        return position != null
                && position.cursor.complete()
                && position.cursor.seq().equals(head.seq())
                && position.cursor.epoch().equals(head.epoch());
    }

    private void begin(int number, int rowsMax) {
        Target target = backbone.target(name).orElse(null);
        if (target == null) {
            backbone.wish(Wishes.reader(name, filter), created -> {});
            return;
        }
        boolean isFull = fullWanted;
        backbone.pull(
                isFull ? null : target.unified(),
                filter,
                rowsMax,
                pulled -> send("a page for", () -> begun(number, target, isFull, pulled)));
    }

    private void begun(int number, Target target, boolean isFull, Pulled pulled) {
        if (number != request || position != null) return;
        if (pulled instanceof Pulled.Page page) {
            note("starts at " + Words.of(target.unified()));
            if (isFull || target.unified().seq().isNone()) copy.startFullRead();
            else copy.breakOff();
            fullWanted = false;
            take(target, page.page());
        } else expired();
    }

    private void pull(int number, Position at, Cursor from, int rowsMax) {
        backbone.pull(from, filter, rowsMax, pulled -> send("a page for", () -> received(number, at, pulled)));
    }

    private void received(int number, Position at, Pulled pulled) {
        if (number != request || !at.equals(position)) return;
        if (pulled instanceof Pulled.Page page) take(at.target, page.page());
        else expired();
    }

    private void take(Target target, PulledPage page) {
        request++;
        copy.take(page);
        position = new Position(page.cursor(), target);
        revision++;
        if (page.hasMore() || page.digest() == null) return;
        Violation.unless(
                copy.digest().equals(page.digest()),
                Invariant.L7_DIGEST,
                () -> "the copy of " + name + " is not the project at " + page.cursor());
    }

    private void expired() {
        ground.tally().count("reader expired");
        request++;
        position = null;
        fullWanted = true;
    }

    /** Its target is no longer where it was: it asks again. */
    private void acked(Position at, Targets.Decision decision) {
        if (decision instanceof Targets.Decision.Stored || !at.equals(position)) return;
        ground.tally().count("reader's ack refused");
        position = null;
        copy.breakOff();
        request++;
        revision++;
    }

    private void send(String what, Runnable arrival) {
        ground.network().send(what + " " + name, arrival);
    }

    private void note(String what) {
        ground.trace().note(() -> "  " + name + " " + what);
    }
}
