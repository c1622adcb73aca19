/** What a run knows: what was pushed, what was answered, what readers saw. No store of a server is ever looked at. */
@NullMarked
package dev.tidemark.bench.chaos.evidence;

import org.jspecify.annotations.NullMarked;
