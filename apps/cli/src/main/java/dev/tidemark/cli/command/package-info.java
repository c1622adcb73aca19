/** One class per command: reads its flags, asks the parts beside it, prints the result. */
@NullMarked
package dev.tidemark.cli.command;

import org.jspecify.annotations.NullMarked;
