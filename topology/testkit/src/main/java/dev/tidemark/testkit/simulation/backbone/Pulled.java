package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.client.PulledPage;

/** What the gateway says to a pull, where it says anything. */
public sealed interface Pulled {
    /** 200. */
    record Page(PulledPage page) implements Pulled {}

    /** 410: read in full. */
    record Expired() implements Pulled {}
}
