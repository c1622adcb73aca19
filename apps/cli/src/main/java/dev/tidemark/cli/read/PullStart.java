package dev.tidemark.cli.read;

import dev.tidemark.cli.client.Resource;

/** Where a pull begins. */
public sealed interface PullStart {
    /** Says it in the first request. */
    Resource onto(Resource changes);

    /** Everything, from the beginning. */
    record Beginning() implements PullStart {
        @Override
        public Resource onto(Resource changes) {
            return changes.with("full", "true");
        }
    }

    /** After a cursor that the caller kept. */
    record AfterCursor(String cursor) implements PullStart {
        @Override
        public Resource onto(Resource changes) {
            return changes.with("cursor", cursor);
        }
    }

    /** Where the server has the target. */
    record OfTarget(String target) implements PullStart {
        @Override
        public Resource onto(Resource changes) {
            return changes.with("target", target);
        }
    }
}
