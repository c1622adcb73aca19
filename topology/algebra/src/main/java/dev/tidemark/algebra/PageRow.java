package dev.tidemark.algebra;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;

/** What the page rules need of a row of the change index; the row holds everything else that a page shows. */
public interface PageRow {
    CloudSeq seq();

    Ordinal ordinal();

    /** Of the project after this record. */
    Digest digest();

    /** Live entities of the project after this record. */
    long count();

    /** Entity type. */
    String entity();

    /** Size of what a page shows of it. */
    int bytes();
}
