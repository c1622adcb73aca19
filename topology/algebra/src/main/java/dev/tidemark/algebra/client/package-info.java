/**
 * The reference client of semantics section 6 as a state machine without I/O: what a replica keeps, and what each numbered
 * step does to it. Second rung of the ladder, beside admission: the agent, the testkit's simulation and anyone who writes a
 * client in another language follow it.
 */
@NullMarked
package dev.tidemark.algebra.client;

import org.jspecify.annotations.NullMarked;
