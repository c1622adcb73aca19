package dev.tidemark.bench.chaos.cluster;

/** What is done to servers. */
public enum Strike {
    /** {@code kill -9} of {@code up}: broker and backbone in one. */
    UP("up killed"),
    /** {@code kill -9} of {@code up}, and again while it starts. */
    UP_TWICE("up killed while starting"),
    /** Of one instance of the backbone. */
    BACKBONE("backbone killed"),
    /** Of one broker, where there are three not the controller. */
    BROKER("broker killed"),
    /** Of the broker that is the active controller. */
    CONTROLLER("controller killed"),
    /** Of a broker and of an instance. */
    BOTH("broker and backbone killed"),
    /** An instance stands still past its session, and then goes on. */
    PAUSE("paused past the session");

    private final String label;

    Strike(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
