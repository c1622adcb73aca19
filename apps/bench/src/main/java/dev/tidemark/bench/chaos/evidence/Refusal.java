package dev.tidemark.bench.chaos.evidence;

/**
 * An answer that no run of this kind gives cause for: nothing expires, nothing is reset, every body is well formed.
 *
 * @param asked method and path
 */
public record Refusal(String who, String asked, int status, String body) {}
