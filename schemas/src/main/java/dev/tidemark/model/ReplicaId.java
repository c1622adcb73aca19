package dev.tidemark.model;

/** One participant's one life in a project: what local seqs are numbered within. */
public record ReplicaId(String project, String replica, String incarnation) {
    public Origin origin(long localSeq) {
        return new Origin(replica, incarnation, localSeq);
    }
}
