/** What was decided about projects, as read back from Kafka, and the commands that lead to it. */
@NullMarked
package dev.tidemark.backbone.control;

import org.jspecify.annotations.NullMarked;
