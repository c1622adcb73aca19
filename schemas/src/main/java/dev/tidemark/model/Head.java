package dev.tidemark.model;

/**
 * Where a project's log stands, as far as it is materialized.
 *
 * @param count live entities
 * @param horizon highest seq of a purged tombstone; {@link CloudSeq#NONE} none
 */
public record Head(Epoch epoch, CloudSeq seq, Ordinal ordinal, long count, Digest digest, CloudSeq horizon) {
    /** A project without a record. */
    public static Head empty(Epoch epoch) {
        return new Head(epoch, CloudSeq.NONE, Ordinal.NONE, 0, Digest.ZERO, CloudSeq.NONE);
    }

    /** The complete cursor at this head. */
    public Cursor cursor(String project, int filterHash) {
        return new Cursor(project, epoch, seq, ordinal, true, CloudSeq.NONE, filterHash);
    }

    public Head withHorizon(CloudSeq raised) {
        return new Head(epoch, seq, ordinal, count, digest, raised.isAfter(horizon) ? raised : horizon);
    }

    public Head withEpoch(Epoch next) {
        return new Head(next, seq, ordinal, count, digest, horizon);
    }
}
