/** The HTTP contract: routes, their JSON, and its errors. Nothing is decided here. */
@NullMarked
package dev.tidemark.backbone.gateway;

import org.jspecify.annotations.NullMarked;
