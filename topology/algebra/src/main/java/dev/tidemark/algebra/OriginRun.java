package dev.tidemark.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Origins of one replica that stand in one row, keyed by the first. Invariants: local seqs rise; at most {@link
 * #ORIGINS_MAX}; the intervals [first, last] of a replica's runs never overlap, so that the run that starts at or below a
 * local seq is the only one that can hold it.
 *
 * <pre>
 *   run 10           run 40        a batch 12, 15, 41, 90 of undecided origins:
 *   [10 11 .. 20]    [40 .. 44]    12 and 15 join run 10; 41 joins run 40; 90 joins run 40, or begins a run
 *                                  of its own where it is above all that is decided
 * </pre>
 */
public record OriginRun<T extends OriginRun.Entry>(List<T> origins) {
    /** What a run holds of each origin. */
    public interface Entry {
        long localSeq();
    }

    public static final int ORIGINS_MAX = 1_000;

    public OriginRun {
        origins = List.copyOf(origins);
        if (origins.isEmpty() || origins.size() > ORIGINS_MAX)
            throw new IllegalArgumentException("a run has 1 to 1000 origins, not " + origins.size());
    }

    public long first() {
        return origins.get(0).localSeq();
    }

    public long last() {
        return origins.get(origins.size() - 1).localSeq();
    }

    /** The entry of that local seq; null: there is none. */
    public @Nullable T find(long localSeq) {
        int low = 0;
        int high = origins.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = origins.get(middle).localSeq();
            if (at == localSeq) return origins.get(middle);
            if (at < localSeq) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    /** This run with an entry inside or behind it, in place of the one it has of that local seq: one run, or two if too long. */
    public List<OriginRun<T>> with(T added) {
        List<T> all = new ArrayList<>(origins);
        all.removeIf(each -> each.localSeq() == added.localSeq());
        all.add(added);
        all.sort(Comparator.comparingLong(Entry::localSeq));
        if (all.size() <= ORIGINS_MAX) return List.of(new OriginRun<>(all));
        int half = all.size() / 2;
        return List.of(new OriginRun<>(all.subList(0, half)), new OriginRun<>(all.subList(half, all.size())));
    }
}
