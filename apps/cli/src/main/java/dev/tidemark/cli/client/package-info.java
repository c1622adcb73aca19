/** A Tidemark server as HTTP shows it: requests, pages, problems, and how long to insist. */
@NullMarked
package dev.tidemark.cli.client;

import org.jspecify.annotations.NullMarked;
