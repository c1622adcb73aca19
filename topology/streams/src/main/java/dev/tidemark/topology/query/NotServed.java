package dev.tidemark.topology.query;

/** The project's state is not here, or not far enough, for the moment: starting, restoring or moving. Trying again is safe. */
public final class NotServed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotServed(String why) {
        super(why);
    }
}
