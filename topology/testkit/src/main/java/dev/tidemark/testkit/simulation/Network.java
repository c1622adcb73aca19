package dev.tidemark.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything that was sent and has not arrived: it arrives in any order, late, more than once or never. */
final class Network {
    private static final int PERCENT = 100;

    private final Random random;
    private final List<Runnable> underWay = new ArrayList<>();
    private Chances chances;

    Network(Random random, Chances chances) {
        this.random = random;
        this.chances = chances;
    }

    /** From now on everything arrives, once. */
    void heal() {
        chances = Chances.CALM;
    }

    void send(Runnable arrival) {
        underWay.add(arrival);
    }

    void deliverOne() {
        if (underWay.isEmpty()) return;
        int at = random.nextInt(underWay.size());
        int dice = random.nextInt(PERCENT);
        if (dice < chances.lose()) {
            underWay.remove(at);
            return;
        }
        Runnable arrival = underWay.get(at);
        if (dice >= chances.lose() + chances.repeat()) underWay.remove(at);
        arrival.run();
    }

    void deliverAll() {
        while (!underWay.isEmpty()) deliverOne();
    }
}
