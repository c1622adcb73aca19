package dev.tidemark.backbone.instances;

import dev.tidemark.topic.Partitions;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Where a request is answered: here, or by the one other instance that owns its project. Thread-safe. */
public final class Forwarding {
    private final Owners owners;
    private final IntPredicate servedHere;
    private final int partitions;
    private final ForwardedMark mark;
    private final Peers peers;

    /** @param servedHere whether a partition is served by this instance now */
    public Forwarding(Owners owners, IntPredicate servedHere, int recordedPartitions, ForwardedMark mark) {
        this.owners = owners;
        this.servedHere = servedHere;
        this.partitions = recordedPartitions;
        this.mark = mark;
        this.peers = new Peers(owners, mark);
    }

    public Peers peers() {
        return peers;
    }

    public ForwardedMark mark() {
        return mark;
    }

    /** The instance to send a request of a project to; empty: it is answered here. */
    public Optional<HostInfo> target(String project) {
        int partition = Partitions.of(project, partitions);
        return servedHere.test(partition) ? Optional.empty() : owners.elsewhere(partition);
    }

    /** Whether a mark, if there is one, is from another instance. */
    public boolean mayEnter(@Nullable String marked, String method, String target) {
        return marked == null || mark.isValid(marked, method, target);
    }
}
