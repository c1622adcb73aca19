/** The backbone: streams and HTTP gateway in one process. */
@NullMarked
package dev.tidemark.backbone;

import org.jspecify.annotations.NullMarked;
