package dev.tidemark.testkit.simulation.ground;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that was sent and has not arrived: it arrives in any order, late, more than once or never. */
public final class Network {
    private static final int PERCENT = 100;
    private static final int LOST_PERCENT = 12;
    private static final int REPEATED_PERCENT = 12;

    private final Tally tally;
    private final Trace trace;
    private final List<Parcel> underWay = new ArrayList<>();

    Network(Tally tally, Trace trace) {
        this.tally = tally;
        this.trace = trace;
    }

    private record Parcel(String what, Runnable arrival) {}

    public void send(String what, Runnable arrival) {
        underWay.add(new Parcel(what, arrival));
    }

    /** One of them arrives, or is lost, or arrives and stays under way. */
    public void deliverOne(Random dice) {
        if (underWay.isEmpty()) return;
        int at = dice.nextInt(underWay.size());
        int fate = dice.nextInt(PERCENT);
        Parcel parcel = underWay.get(at);
        if (fate < LOST_PERCENT) {
            underWay.remove(at);
            note("lost", parcel);
            return;
        }
        boolean repeated = fate < LOST_PERCENT + REPEATED_PERCENT;
        if (!repeated) underWay.remove(at);
        note(repeated ? "arrives, and again later" : "arrives", parcel);
        parcel.arrival.run();
    }

    public boolean isEmpty() {
        return underWay.isEmpty();
    }

    /** Everything arrives, in the order of sending, until nothing is under way. */
    public void deliverAll() {
        while (!underWay.isEmpty()) {
            Parcel parcel = underWay.remove(0);
            note("arrives", parcel);
            parcel.arrival.run();
        }
    }

    private void note(String fate, Parcel parcel) {
        tally.count(fate);
        trace.note(() -> fate + ": " + parcel.what);
    }
}
