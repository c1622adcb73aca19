package dev.tidemark.algebra;

/**
 * Where a run of origins stands.
 *
 * @param first its first local seq, which is its key
 * @param last its last local seq
 * @param count origins in it
 */
public record RunSpan(long first, long last, int count) {
    public static RunSpan of(OriginRun<?> run) {
        return new RunSpan(run.first(), run.last(), run.origins().size());
    }
}
