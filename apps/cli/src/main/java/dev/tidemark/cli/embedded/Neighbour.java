package dev.tidemark.cli.embedded;

import java.util.Optional;

/** What runs beside the backbone in the same process: ready is said when it is too, and it is closed before the backbone. */
public interface Neighbour extends AutoCloseable {
    /** Where there is none. */
    Neighbour NONE = new Neighbour() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    };

    boolean isReady();

    /** Why it did not start, or stopped by itself, if so: a line for a person. */
    Optional<String> failure();

    @Override
    void close();
}
