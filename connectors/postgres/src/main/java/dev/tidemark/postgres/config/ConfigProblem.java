package dev.tidemark.postgres.config;

/**
 * What is wrong with a config, where, and what to do about it.
 *
 * @param line from 1
 * @param path JSON pointer
 */
public record ConfigProblem(String file, int line, String path, String problem) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + (path.isEmpty() ? "/" : path) + ": " + problem;
    }
}
