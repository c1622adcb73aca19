package dev.tidemark.examples;

import org.junit.jupiter.api.extension.ExtendWith;

/** The suite on the broker that {@code up} brings. */
@ExtendWith(SharedTidemark.class)
class EmbeddedBrokerIT implements BrokerSuite {
    private final RunningTidemark tidemark;

    EmbeddedBrokerIT(RunningTidemark tidemark) {
        this.tidemark = tidemark;
    }

    @Override
    public RunningTidemark tidemark() {
        return tidemark;
    }
}
