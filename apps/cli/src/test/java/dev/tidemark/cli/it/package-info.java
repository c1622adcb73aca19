/**
 * Tidemark from the outside: child processes of the command line, a real broker on disk, real HTTP. Nothing in here looks
 * into the server; what is said of it is checked against its answers and against {@code tidemark.log}.
 */
package dev.tidemark.cli.it;
