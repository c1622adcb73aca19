package dev.tidemark.topology.fence;

/**
 * The local state and the cluster do not belong together. Going on would be silent loss, so the task stops before its first
 * record; only a repair helps.
 */
public final class StateMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    public static final String CODE = "state_mismatch";

    public StateMismatch(String what) {
        super(what);
    }
}
