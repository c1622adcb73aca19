package dev.tidemark.cli.read;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.client.ServerProblem;
import dev.tidemark.cli.read.ProjectCopy.Sum;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One consistent state of a project: everything up to a page that left nothing (semantics, section 6, step 8). */
final class FullRead {
    private static final int ATTEMPTS_MAX = 3;
    private static final String EXPIRED = "cursor_expired";

    private final String project;
    private final ServerClient server;
    private final Patience patience;
    private final LongConsumer progress;
    private ProjectCopy copy;
    private @Nullable ChangePages pages;
    private @Nullable Head head;

    /** @param progress told the number of changes read so far, after every page */
    FullRead(String project, ServerClient server, Patience patience, LongConsumer progress) {
        this.project = project;
        this.server = server;
        this.patience = patience;
        this.progress = progress;
        this.copy = new ProjectCopy(project);
    }

    /** Reads to the head as it is now, or from the last head to the next. */
    ProjectCopy toHead() {
        for (int attempt = 1; ; attempt++) {
            try {
                readPages();
                return copy;
            } catch (ServerProblem problem) {
                if (!problem.code().equals(EXPIRED) || attempt == ATTEMPTS_MAX) throw problem;
                copy = new ProjectCopy(project);
                pages = null;
            }
        }
    }

    /** The head that {@link #toHead} came to. */
    Head head() {
        if (head == null) throw new IllegalStateException("nothing was read yet");
        return head;
    }

    /** @throws CommandFailure unless the copy has the digest and count that the server gave with its last page (L7) */
    void requireDigest() {
        Sum sum = copy.sum();
        String served = head().digest().orElseThrow(() -> new CommandFailure("the server's last page has no digest"));
        if (served.equals(sum.digest().hex()) && head().count() == sum.count()) return;
        throw new CommandFailure("what was received is not what the server has: at seq " + head().seq() + " it says "
                + head().count() + " entities with digest " + served + ", received were " + sum.count() + " with "
                + sum.digest().hex() + "; run `tidemark verify " + project + " --deep` to see where they differ");
    }

    private void readPages() {
        if (pages == null) pages = new ChangePages(PullOrder.full(project), server, patience);
        long changes = 0;
        for (boolean more = true; more; ) {
            Page page = pages.next();
            page.changes().forEach(copy::apply);
            changes += page.changes().size();
            progress.accept(changes);
            head = page.head();
            more = page.hasMore();
        }
    }
}
