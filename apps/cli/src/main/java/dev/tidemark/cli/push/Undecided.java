package dev.tidemark.cli.push;

import dev.tidemark.cli.CommandFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mutations that have been read and have no outcome yet, oldest first. Invariants: never more than one batch; a
 * mutation leaves only from the front and only when it is decided, so that whatever breaks, the next request starts at the
 * oldest undecided one and holds the same bytes.
 */
final class Undecided {
    private final MutationLines source;
    private final ArrayDeque<MutationLine> lines = new ArrayDeque<>();
    private long bytes;
    private @Nullable CommandFailure broken;
    private boolean exhausted;

    Undecided(MutationLines source) {
        this.source = source;
    }

    /**
     * The oldest mutations, at most as many as the limits allow, but one at least.
     *
     * @return empty when all are decided
     * @throws CommandFailure if the next line cannot be sent and all before it are decided
     */
    Optional<PushBatch> batch(PushLimits limits) {
        fill(limits);
        List<MutationLine> taken = new ArrayList<>(Math.min(lines.size(), limits.lines()));
        Iterator<MutationLine> oldest = lines.iterator();
        for (long room = limits.bytes(); oldest.hasNext() && taken.size() < limits.lines(); ) {
            MutationLine line = oldest.next();
            room -= line.bytes().length + 1;
            if (room < 0 && !taken.isEmpty()) break;
            taken.add(line);
        }
        if (!taken.isEmpty()) return Optional.of(new PushBatch(taken));
        if (broken != null) throw broken;
        return Optional.empty();
    }

    void decided(int count) {
        for (int i = 0; i < count; i++) bytes -= lines.remove().bytes().length + 1;
    }

    private void fill(PushLimits limits) {
        while (!exhausted && lines.size() < limits.lines() && bytes < limits.bytes()) {
            MutationLine line = readNext();
            if (line == null) {
                exhausted = true;
                return;
            }
            lines.add(line);
            bytes += line.bytes().length + 1;
        }
    }

    /** A broken line ends the source; what comes before it is still sent. */
    private @Nullable MutationLine readNext() {
        try {
            return source.next();
        } catch (CommandFailure failure) {
            broken = failure;
            return null;
        }
    }
}
