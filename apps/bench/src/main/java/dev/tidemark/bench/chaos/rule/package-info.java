/** The checker: each law as far as it shows from outside, as a function of the evidence. */
@NullMarked
package dev.tidemark.bench.chaos.rule;

import org.jspecify.annotations.NullMarked;
