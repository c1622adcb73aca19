/** Where projects and their targets stand now, for those who show it. */
@NullMarked
package dev.tidemark.backbone.position;

import org.jspecify.annotations.NullMarked;
