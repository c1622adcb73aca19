package dev.tidemark.algebra;

/**
 * What Admit keeps of a (project, replica, incarnation).
 *
 * @param floor at or below it nothing new is accepted; -1 none
 * @param max highest decided local seq; -1 none
 * @param decided outcomes still kept
 */
public record ReplicaState(long floor, long max, long decided) {
    public static final ReplicaState NEW = new ReplicaState(-1, -1, 0);
}
