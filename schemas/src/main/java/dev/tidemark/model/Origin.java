package dev.tidemark.model;

/**
 * A mutation's identity within its project.
 *
 * @param localSeq 0 or more, strictly increasing within (replica, incarnation)
 */
public record Origin(String replica, String incarnation, long localSeq) {
    public boolean isOf(String replica, String incarnation) {
        return this.replica.equals(replica) && this.incarnation.equals(incarnation);
    }
}
