package dev.tidemark.bench.chaos.cluster;

import java.util.List;

/** How what was struck is made good, as a value. */
record Repair(List<String> survivors, Runnable repairing) implements Servers.Struck {
    @Override
    public void repair() {
        repairing.run();
    }
}
