package dev.tidemark.topology.repair;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** One of the repairs. Changes nothing before {@link #carryOut}, and can be carried out again if it did not end. */
public interface Repair {
    /**
     * Looks at everything that is there.
     *
     * @throws RepairRefused if the repair could not end well
     */
    Plan plan() throws RepairRefused;

    /** Ids of the applications whose local state is worth nothing afterwards. */
    List<String> rebuilt();

    /**
     * After {@link #plan}.
     *
     * @param progress is told what is being done, a line each
     */
    Report carryOut(Consumer<String> progress) throws RepairRefused;

    /**
     * @param found what is wrong
     * @param steps what will be done
     */
    record Plan(List<String> found, List<String> steps) {}

    /**
     * @param counts of what was written, by name
     * @param notes what somebody should know
     */
    record Report(SortedMap<String, Long> counts, List<String> notes) {}
}
