package dev.tidemark.cli.read;

import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.PullOrder.PullEnd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pulls changes and prints each as a line. A page is acknowledged only when it has been written and flushed. */
public final class Pull {
    private final PullOrder order;
    private final ChangePages pages;
    private final LineSink sink;
    private final Optional<Acks> acks;
    private volatile @Nullable String cursor;

    /** @param acks told where the reader is, if it wants to be remembered */
    public Pull(PullOrder order, ServerClient server, Patience patience, LineSink sink, Optional<Acks> acks) {
        this.order = order;
        this.pages = new ChangePages(order, server, patience);
        this.sink = sink;
        this.acks = acks;
    }

    /** Where the pull is: a cursor whose changes have been written; empty before the first page. */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    public void run() {
        boolean more = true;
        while (more) {
            Page page = pages.next();
            for (Change change : page.changes()) sink.line(change.line());
            sink.flush();
            ackIfMoved(page.cursor());
            cursor = page.cursor();
            more = page.hasMore() || order.end() == PullEnd.NEVER;
        }
    }

    private void ackIfMoved(String reached) {
        if (!reached.equals(cursor)) acks.ifPresent(target -> target.ack(reached));
    }
}
