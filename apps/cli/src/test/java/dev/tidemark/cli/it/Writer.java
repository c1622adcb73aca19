package dev.tidemark.cli.it;

import java.util.Random;
import java.util.concurrent.Callable;

/** A replica that pushes random edits of a few notes in small batches, one request at a time, and counts on nobody. */
final class Writer implements Callable<Long> {
    private static final int NOTES = 60;
    private static final int PER_PUSH_MAX = 9;

    private final ProjectApi project;
    private final String replica;
    private final int pushes;
    private final Random random;
    private long localSeq;

    Writer(ProjectApi project, String replica, int pushes, long seed) {
        this.project = project;
        this.replica = replica;
        this.pushes = pushes;
        this.random = new Random(seed ^ replica.hashCode());
    }

    /** @return its last local seq, when all of it is committed */
    @Override
    public Long call() {
        for (int push = 0; push < pushes; push++) project.pushed(edits());
        return localSeq;
    }

    private PushBody edits() {
        PushBody body = PushBody.by(replica);
        for (int left = 1 + random.nextInt(PER_PUSH_MAX); left > 0; left--) edit(body, "n" + random.nextInt(NOTES));
        return body;
    }

    private void edit(PushBody body, String key) {
        switch (random.nextInt(5)) {
            case 0 -> body.delete(++localSeq, key);
            case 1, 2 -> body.add(++localSeq, key, "tags", "" + random.nextInt(20));
            default -> body.upsert(++localSeq, key, "{\"title\":\"" + replica + " " + random.nextInt(1_000) + "\"}");
        }
    }
}
