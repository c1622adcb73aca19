package dev.tidemark.topology.repair;

import java.util.List;
import java.util.function.Consumer;

/** stub */
public final class RepairLog implements Repair {
    public RepairLog(RepairSite site) {}

    @Override
    public Plan plan() throws RepairRefused {
        throw new RepairRefused("x", "y");
    }

    @Override
    public List<String> rebuilt() {
        return List.of();
    }

    @Override
    public Report carryOut(Consumer<String> progress) throws RepairRefused {
        throw new RepairRefused("x", "y");
    }
}
