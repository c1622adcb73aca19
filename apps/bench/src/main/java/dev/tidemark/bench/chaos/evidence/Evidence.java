package dev.tidemark.bench.chaos.evidence;

/** All that is known of one project when a run is over. */
public record Evidence(String project, Pushed pushed, Served served, LogRead log) {}
