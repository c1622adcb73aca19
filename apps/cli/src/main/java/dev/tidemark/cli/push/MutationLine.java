package dev.tidemark.cli.push;

/**
 * A mutation as it is sent.
 *
 * @param number of its line in the source, from 1
 * @param bytes one JSON object without a line end
 */
record MutationLine(long number, long localSeq, String replica, byte[] bytes) {}
