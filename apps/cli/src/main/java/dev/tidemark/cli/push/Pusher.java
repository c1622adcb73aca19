package dev.tidemark.cli.push;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Answer;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.client.ServerProblem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends mutations in their order until each has an outcome. Invariants (semantics, section 4): one request at a time; after
 * any break the next request starts at the oldest undecided mutation; nothing that may have been sent is changed or left
 * out.
 */
final class Pusher {
    private static final Pattern LINE_OF_REQUEST = Pattern.compile("^line (\\d{1,7}): ");

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
            else failed(batch, batch, problem);
        } catch (CommandFailure failure) {
            await(failure);
        }
    }

    private void take(PushBatch batch, PushAnswer answer) {
        int decided = answer.results().size();
        tally.add(batch, answer.results());
        undecided.decided(decided);
        if (decided > 0) patience.succeeded();
        if (answer.problem().isPresent() && decided < batch.size())
            failed(batch, batch.after(decided), answer.problem().get());
    }

    private void failed(PushBatch request, PushBatch left, ServerProblem problem) {
        if (!problem.isPassing()) throw refusal(request, left, problem);
        await(problem);
    }

    private void await(CommandFailure failure) {
        patience.failed(failure);
        tally.retried();
    }

    /** The server counts the lines of the request; a person those of the file. */
    private static CommandFailure refusal(PushBatch request, PushBatch left, ServerProblem problem) {
        Matcher matcher = LINE_OF_REQUEST.matcher(problem.detail());
        int index = matcher.find() ? Integer.parseInt(matcher.group(1)) - 1 : -1;
        if (index < 0 || index >= request.size())
            return new CommandFailure(left.place() + " refused: " + problem.getMessage(), problem);
        String place = "line " + request.lines().get(index).number();
        return new BadLine(
                place + " refused: " + problem.code() + ": " + problem.detail().substring(matcher.end()), problem);
    }
}
