package dev.tidemark.algebra;

/**
 * Bounds of admission.
 *
 * @param recordBytesMax largest record of the log, uncompressed, key, image, header and all origins included; the image must
 *     also fit the changelog's record
 * @param fanOutMax most entities that one apply_where may match: all its records are in one transaction
 * @param scanMax most entities that a query on no filterable field may look at
 * @param originsKept outcomes kept of a replica that never sends acked_through
 * @param partCharsMax images, in UTF-16 units, that a batch may hold in memory before what it has done so far is written
 */
public record AdmitLimits(int recordBytesMax, int fanOutMax, int scanMax, long originsKept, long partCharsMax) {
    public static final AdmitLimits DEFAULT = new AdmitLimits(1_048_576, 100_000, 100_000, 1_000_000, 16L << 20);
}
