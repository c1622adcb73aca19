package dev.tidemark.bench.chaos.load;

import dev.tidemark.bench.chaos.evidence.Shown;

/** Follows by long polls until it is told to stop and has reached the head; now and then it begins again as another target. */
final class Reader implements Runnable {
    private static final int WAIT_SECONDS = 1;
    private static final int LOOK_EVERY = 10;
    private static final int STEPS_OF_A_LIFE = 400;

    private final Project project;
    private final String name;
    private final Stop stop;

    Reader(Project project, String name, Stop stop) {
        this.project = project;
        this.name = name;
        this.stop = stop;
    }

    @Override
    public void run() {
        for (int life = 0; !live(life); life++) continue;
    }

    /** @return whether it was the last */
    private boolean live(int life) {
        Follower follower = new Follower(project, new Shown.Party(name + "." + life, "0"));
        for (int step = 1; ; step++) {
            boolean isStopped = stop.isAsked();
            boolean isAtHead = follower.step(isStopped ? 0 : WAIT_SECONDS);
            if (step % LOOK_EVERY == 0) follower.look();
            if (isAtHead && isStopped) return true;
            if (isAtHead && step >= STEPS_OF_A_LIFE) return false;
        }
    }
}
