package dev.tidemark.bench.chaos.cluster;

import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.place.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One {@code tidemark up}. */
public final class OneUp implements Servers {
    private final Server up;

    public OneUp(Place place, Map<String, String> settings) {
        this.up = place.keep(Server.up(place.fresh("up"), settings));
    }

    @Override
    public void start() {
        up.start();
    }

    @Override
    public String bootstrap() {
        return up.bootstrap();
    }

    @Override
    public List<String> urls() {
        return List.of(up.url());
    }

    @Override
    public List<Strike> strikes() {
        return List.of(Strike.UP, Strike.UP_TWICE, Strike.PAUSE);
    }

    @Override
    public Struck strike(Fault fault) {
        if (fault.strike() == Strike.PAUSE) {
            up.child().freeze();
            return new Repair(List.of(), up.child()::thaw);
        }
        up.child().kill();
        if (fault.strike() == Strike.UP_TWICE) killStarting(fault.down());
        return new Repair(List.of(), up::launch);
    }

    /** There is one. */
    @Override
    public void awaitCopies() {}

    private void killStarting(Duration after) {
        up.launch();
        LockSupport.parkNanos(after.toNanos());
        up.child().kill();
    }
}
