package dev.tidemark.wire;

import org.jspecify.annotations.Nullable;

/** Bytes that are no record of the contract. Trying again cannot help; the message never quotes the payload. */
public final class UndecodableException extends RuntimeException {
    /** There is no value where there must be one. */
    public static final String NULL_VALUE = "null_value";
    /** The first byte is not 0: not the Confluent wire format. */
    public static final String NO_MAGIC_BYTE = "no_magic_byte";
    /** No schema has the id. */
    public static final String UNKNOWN_SCHEMA_ID = "unknown_schema_id";
    /** The id is of a schema that this type cannot be read with. */
    public static final String WRONG_SCHEMA = "wrong_schema";
    /** The bytes end before the value does. */
    public static final String TRUNCATED = "truncated";
    /** The bytes go on after the value. */
    public static final String TRAILING_BYTES = "trailing_bytes";
    /** No encoder writes such bytes: a number, a branch or a text that Avro does not allow. */
    public static final String MALFORMED = "malformed";
    /** Records nested deeper than {@value AvroScan#RECORD_DEPTH_MAX}. */
    public static final String TOO_DEEP = "too_deep";
    /** A name breaks the rules for names. */
    public static final String INVALID_NAME = "invalid_name";
    /** Empty, too many mutations, or local seqs that do not rise. */
    public static final String INVALID_BATCH = "invalid_batch";
    /** A well-formed value that no writer of this contract would write. */
    public static final String INVALID_CONTENT = "invalid_content";
    /** Key, header and value of a record of the log do not belong together. */
    public static final String META_MISMATCH = "meta_mismatch";

    private static final long serialVersionUID = 1;

    private final String reasonCode;

    public UndecodableException(String reasonCode, String message) {
        super(message);
        this.reasonCode = reasonCode;
    }

    public UndecodableException(String reasonCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reasonCode = reasonCode;
    }

    /** One of the constants of this class; part of the outside contract (header {@code tm-dead-reason}). */
    public String reasonCode() {
        return reasonCode;
    }
}
