package dev.tidemark.bench.chaos.cluster;

import java.time.Duration;
import java.util.Locale;

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
    /** An instance stands still past its session of 6 s, and then goes on. */
    PAUSE("paused past the session", Duration.ofSeconds(9)),
    /** A broker, where there are three not the controller, stands still past its session of 9 s, and then goes on. */
    BROKER_PAUSE("broker paused past its session", Duration.ofSeconds(13));

    private final String label;
    private final Duration least;

    Strike(String label) {
        this(label, Duration.ZERO);
    }

    Strike(String label, Duration least) {
        this.label = label;
        this.least = least;
    }

    public String label() {
        return label;
    }

    /** How it is named on the command line: lower case, with dashes. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How long it lasts at least. */
    public Duration least() {
        return least;
    }
}
