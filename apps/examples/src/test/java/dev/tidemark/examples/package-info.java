/** The examples, run; and clients that others wrote, against one real backbone. */
@org.jspecify.annotations.NullMarked
package dev.tidemark.examples;
