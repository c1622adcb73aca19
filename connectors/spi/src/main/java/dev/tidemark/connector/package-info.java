/** What sources and destinations share: mutations as records of Connect, and what a source knows of what is safe. */
@NullMarked
package dev.tidemark.connector;

import org.jspecify.annotations.NullMarked;
