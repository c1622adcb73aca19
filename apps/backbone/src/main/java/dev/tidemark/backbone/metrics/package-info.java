/** What the backbone counts and measures. */
@NullMarked
package dev.tidemark.backbone.metrics;

import org.jspecify.annotations.NullMarked;
