package dev.tidemark.algebra.client;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;

/** A cloud seq of one incarnation of the log. Places of two epochs have no order. */
public record Place(Epoch epoch, CloudSeq seq) {
    /** Whether what stands here was written no earlier than what stands there. */
    boolean reaches(Place other) {
        return epoch.equals(other.epoch) && seq.compareTo(other.seq) >= 0;
    }
}
