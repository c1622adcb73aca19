/**
 * Changes out: {@link dev.tidemark.cli.read.ChangePages} follows a cursor page by page; {@link dev.tidemark.cli.read.FullRead}
 * builds a {@link dev.tidemark.cli.read.ProjectCopy} of them and holds it against the server's digest (semantics, section 6,
 * steps 5, 7 and 8).
 */
@NullMarked
package dev.tidemark.cli.read;

import org.jspecify.annotations.NullMarked;
