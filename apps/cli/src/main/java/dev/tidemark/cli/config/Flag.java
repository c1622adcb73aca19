package dev.tidemark.cli.config;

/** A setting given on the command line: by which flag, and what. */
public record Flag(String flag, String text) {}
