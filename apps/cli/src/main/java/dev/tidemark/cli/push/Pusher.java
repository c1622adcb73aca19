package dev.tidemark.cli.push;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Answer;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.client.ServerProblem;
import java.util.Optional;

/**
 * Sends mutations in their order until each has an outcome. Invariants (semantics, section 4): one request at a time; after
 * any break the next request starts at the oldest undecided mutation; nothing that may have been sent is changed or left
 * out.
 */
final class Pusher {
    private final ServerClient server;
    private final Resource mutations;
    private final Undecided undecided;
    private final Patience patience;
    private final PushTally tally;
    private PushLimits limits;

    Pusher(PushTask task, ServerClient server, Patience patience, PushTally tally) {
        this.server = server;
        this.mutations = Resource.ofProject(task.project()).part("mutations");
        this.undecided = new Undecided(new MutationLines(task.source(), task.project(), task.replica()));
        this.limits = task.limits();
        this.patience = patience;
        this.tally = tally;
    }

    /**
     * @param progress told after every answer
     * @throws CommandFailure if it cannot go on; the tally says how far it came
     */
    void run(Runnable progress) {
        for (Optional<PushBatch> batch = undecided.batch(limits); batch.isPresent(); batch = undecided.batch(limits)) {
            send(batch.get());
            progress.run();
        }
    }

    private void send(PushBatch batch) {
        try {
            Answer answer = server.post(mutations, ServerClient.NDJSON, batch.body());
            take(batch, PushAnswer.of(answer, batch));
        } catch (ServerProblem problem) {
            if (problem.isTooLarge() && batch.size() > 1) limits = limits.halved(batch);
            else failed(batch, problem);
        } catch (CommandFailure failure) {
            failed(batch, failure);
        }
    }

    private void take(PushBatch batch, PushAnswer answer) {
        int decided = answer.results().size();
        tally.add(batch, answer.results());
        undecided.decided(decided);
        if (decided > 0) patience.succeeded();
        if (answer.problem().isPresent() && decided < batch.size())
            failed(batch.after(decided), answer.problem().get());
    }

    private void failed(PushBatch batch, CommandFailure failure) {
        try {
            patience.failed(failure);
            tally.retried();
        } catch (ServerProblem problem) {
            throw new CommandFailure(batch.place() + " refused: " + problem.getMessage(), problem);
        }
    }
}
