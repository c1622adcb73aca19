/** The subcommands: options in, a result out. */
@NullMarked
package dev.tidemark.bench.command;

import org.jspecify.annotations.NullMarked;
