package dev.tidemark.cli.command;

import dev.tidemark.cli.Farewell;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.Acks;
import dev.tidemark.cli.read.LineSink;
import dev.tidemark.cli.read.Pull;
import dev.tidemark.cli.read.PullOrder;
import dev.tidemark.cli.read.PullOrder.PullEnd;
import dev.tidemark.cli.read.PullStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        description = {
            "Print the changes of a project, one JSON object a line.",
            "",
            "From the cursor, else from where the server has the target, else from the beginning. The cursor reached is"
                    + " said on stderr; give it to --cursor next time.",
            ""
        })
final class PullCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "the project to pull from")
    private String project = "";

    @Option(names = "--target", paramLabel = "NAME", description = "the target whose stored cursor counts")
    private @Nullable String target;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "begin after this cursor")
    private @Nullable String cursor;

    @Option(names = "--full", description = "begin at the beginning, whatever the target's cursor")
    private boolean full;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + PullOrder.PAGE_ROWS_DEFAULT,
            description = "most changes of one page (default ${DEFAULT-VALUE})")
    private int pageRows;

    @Option(names = "--follow", description = "go on for ever, waiting for new changes")
    private boolean follow;

    @Option(names = "--ack", description = "acknowledge each page for the target when it is written")
    private boolean ack;

    @Option(
            names = "--entity",
            paramLabel = "TYPE",
            description = "only entities of this type; may be repeated (default: those of the target, else all)")
    private List<String> entities = new ArrayList<>();

    PullCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        PullEnd end = follow ? PullEnd.NEVER : PullEnd.AT_HEAD;
        PullStart start = start();
        ServerClient client = server.client();
        Patience patience = server.patience();
        PullOrder order = new PullOrder(project, start, types(start, client, patience), pageRows, end);
        Pull pull = new Pull(order, client, patience, new LineSink(surroundings.out()), acks(client, patience));
        try (Farewell interrupted = Farewell.onInterrupt(surroundings, () -> reached(pull))) {
            pull.run();
        }
        surroundings.err().println(reached(pull));
        return 0;
    }

    private PullStart start() {
        if (pageRows < 1) throw new UsageFailure("--limit is " + pageRows + ", it must be at least 1");
        if (full && cursor != null)
            throw new UsageFailure("--full begins at the beginning, --cursor does not: give one");
        if (full) return new PullStart.Beginning();
        if (cursor != null) return new PullStart.AfterCursor(cursor);
        return target == null ? new PullStart.Beginning() : new PullStart.OfTarget(target);
    }

    /** A cursor goes with the filter that it was cut with, which is the target's where the target says where to begin. */
    private List<String> types(PullStart start, ServerClient client, Patience patience) {
        if (!entities.isEmpty() || !(start instanceof PullStart.OfTarget of)) return entities;
        return patience.insist(() -> TargetsCommand.filter(project, of.target(), client));
    }

    private Optional<Acks> acks(ServerClient client, Patience patience) {
        if (!ack) return Optional.empty();
        if (target == null) throw new UsageFailure("--ack needs --target: whose position is it?");
        return Optional.of(new Acks(project, target, client, patience));
    }

    private String reached(Pull pull) {
        Optional<String> cursor = pull.cursor();
        if (result.isJson())
            return Json.MAPPER
                    .createObjectNode()
                    .put("cursor", cursor.orElse(null))
                    .toString();
        return cursor.map(token -> "cursor " + token).orElse("no page was written");
    }
}
