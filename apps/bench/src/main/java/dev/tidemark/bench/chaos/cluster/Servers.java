package dev.tidemark.bench.chaos.cluster;

import java.util.List;

/** The servers of a run. */
public interface Servers {
    /** Starts all. Returns when they say that they are ready. */
    void start();

    String bootstrap();

    /** Of every instance. */
    List<String> urls();

    /** What can be done to them. */
    List<Strike> strikes();

    /** Kills or pauses. @return how it is made good */
    Struck strike(Fault fault);

    /** Returns when every copy of the log is in sync: two faults at once are more than copies promise to bear. */
    void awaitCopies();

    /** What was struck, until it runs again. */
    interface Struck {
        /** Of instances that should serve everything meanwhile; empty: none can. */
        List<String> survivors();

        /** Starts again what was killed, lets go on what was paused. */
        void repair();
    }
}
