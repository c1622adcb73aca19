/** Settings: which there are, what they are worth now, and who said so. */
@NullMarked
package dev.tidemark.cli.config;

import org.jspecify.annotations.NullMarked;
