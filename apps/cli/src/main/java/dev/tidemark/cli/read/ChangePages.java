package dev.tidemark.cli.read;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.PullOrder.PullEnd;
import org.jspecify.annotations.Nullable;

/**
 * Pages of changes, each cut from where the one before ended. Invariant: it always moves; a page that says there is more
 * and ends where it began is a protocol error.
 */
final class ChangePages {
    private static final int WAIT_SECONDS = 30;

    private final PullOrder order;
    private final ServerClient server;
    private final Patience patience;
    private @Nullable String cursor;

    ChangePages(PullOrder order, ServerClient server, Patience patience) {
        this.order = order;
        this.server = server;
        this.patience = patience;
    }

    Page next() {
        Resource resource = resource();
        Page page = patience.insist(() -> Page.of(server.get(resource)));
        if (page.hasMore() && page.cursor().equals(asked()))
            throw new CommandFailure("protocol error: the server says there is more after cursor " + page.cursor()
                    + " and gives the same cursor again; report it with the server's log");
        cursor = page.cursor();
        return page;
    }

    private Resource resource() {
        Resource changes = Resource.ofProject(order.project()).part("changes");
        if (cursor == null) order.start().onto(changes);
        else changes.with("cursor", cursor);
        changes.with("limit", order.pageRows());
        for (String entity : order.entities()) changes.with("entity", entity);
        if (order.end() == PullEnd.NEVER) changes.with("wait", WAIT_SECONDS);
        return changes;
    }

    private @Nullable String asked() {
        if (cursor != null) return cursor;
        return order.start() instanceof PullStart.AfterCursor after ? after.cursor() : null;
    }
}
