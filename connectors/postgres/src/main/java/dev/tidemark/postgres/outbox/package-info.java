/** The outbox read: rows in the order of their ids, none before all below it are decided, as mutations of one source. */
@NullMarked
package dev.tidemark.postgres.outbox;

import org.jspecify.annotations.NullMarked;
