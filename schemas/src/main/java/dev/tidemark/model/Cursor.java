package dev.tidemark.model;

/**
 * A place in a project's log. Opaque to clients; see the algebra for its token.
 *
 * @param complete it was the head when its page was cut
 * @param floor head at the first page of the full read it belongs to; {@link CloudSeq#NONE} if it belongs to none
 * @param filterHash hash of the filter its page was cut with; 0 none
 */
public record Cursor(
        String project, Epoch epoch, CloudSeq seq, Ordinal ordinal, boolean complete, CloudSeq floor, int filterHash) {
    /** Before every record of the project. */
    public static Cursor earliest(String project, Epoch epoch, int filterHash) {
        return new Cursor(project, epoch, CloudSeq.NONE, Ordinal.NONE, false, CloudSeq.NONE, filterHash);
    }
}
