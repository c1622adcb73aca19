/** Step 1 of the main path over HTTP: requests become batches, batches get their outcomes. */
@NullMarked
package dev.tidemark.backbone.push;

import org.jspecify.annotations.NullMarked;
