package dev.tidemark.cli.cluster;

/**
 * What a check found.
 *
 * @param what was checked
 * @param detail what is so
 * @param mend what to do about it; empty if nothing
 */
public record Finding(Verdict verdict, String what, String detail, String mend) {
    /** How bad it is: only WRONG keeps Tidemark from running right. */
    public enum Verdict {
        OK,
        UNSURE,
        WRONG
    }

    static Finding ok(String what, String detail) {
        return new Finding(Verdict.OK, what, detail, "");
    }

    static Finding unsure(String what, String detail, String mend) {
        return new Finding(Verdict.UNSURE, what, detail, mend);
    }

    static Finding wrong(String what, String detail, String mend) {
        return new Finding(Verdict.WRONG, what, detail, mend);
    }
}
