package dev.tidemark.bench.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.bench.chaos.evidence.Answer;
import dev.tidemark.bench.chaos.evidence.Notes;
import dev.tidemark.bench.chaos.evidence.Sent;
import dev.tidemark.bench.chaos.evidence.Shown;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A replica: one request at a time, the same body again until it is decided (semantics, section 6). Now and then it sends again what
 * was decided long ago. Between pushes it pulls and acknowledges as the target of its own name.
 */
final class Pusher implements Runnable {
    private static final String INCARNATION = "0";
    private static final double SENT_AGAIN = 0.05;
    private static final int KEPT = 200;

    private final Project project;
    private final String replica;
    private final Stop stop;
    private final Mix mix;
    private final SplittableRandom random;
    private final Follower follower;
    private final LongAdder resends;
    private final long pauseNs;
    private final List<String> decided = new ArrayList<>();
    private int batches;

    Pusher(Project project, String replica, long seed, Duration pause, Stop stop, LongAdder resends) {
        this.project = project;
        this.replica = replica;
        this.stop = stop;
        this.mix = new Mix(seed);
        this.random = new SplittableRandom(~seed);
        this.follower = new Follower(project, new Shown.Party(replica, INCARNATION));
        this.resends = resends;
        this.pauseNs = pause.toNanos();
    }

    @Override
    public void run() {
        while (!stop.isAsked()) {
            push(noted(mix.next()));
            if (random.nextDouble() < SENT_AGAIN) sendAgain();
            follower.step(0);
            LockSupport.parkNanos(pauseNs);
        }
    }

    private String noted(List<Mutation> batch) {
        Notes notes = project.notes();
        for (Mutation each : batch)
            notes.add(new Sent(new Origin(replica, INCARNATION, each.localSeq()), batches, each));
        batches++;
        return PushJson.of(replica, INCARNATION, batch);
    }

    private void push(String body) {
        while (!isDecided(body)) resends.increment();
        if (decided.size() < KEPT) decided.add(body);
        else decided.set(random.nextInt(KEPT), body);
    }

    private void sendAgain() {
        resends.increment();
        isDecided(decided.get(random.nextInt(decided.size())));
    }

    private boolean isDecided(String body) {
        Optional<JsonNode> answer = project.post(replica, "/mutations", body);
        answer.ifPresent(each -> each.path("results").forEach(this::answered));
        return answer.isPresent();
    }

    private void answered(JsonNode result) {
        project.notes()
                .add(new Answer(
                        new Origin(
                                replica, INCARNATION, result.path("local_seq").asLong()),
                        result.path("outcome").asText(),
                        result.path("seq").asLong(-1),
                        result.path("reason").asText()));
    }
}
