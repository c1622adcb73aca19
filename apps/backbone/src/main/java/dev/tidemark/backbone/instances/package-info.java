/** Several instances that share the work: who owns a partition, how a request gets there, and what a dead one leaves behind. */
@NullMarked
package dev.tidemark.backbone.instances;

import org.jspecify.annotations.NullMarked;
