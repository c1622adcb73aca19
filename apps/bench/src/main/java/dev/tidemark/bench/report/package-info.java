/** Results as a table for people and JSON for programs. */
@NullMarked
package dev.tidemark.bench.report;

import org.jspecify.annotations.NullMarked;
