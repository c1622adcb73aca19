package dev.tidemark.model;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Why a mutation was rejected or is in conflict. {@link #code()} is part of the outside contract. */
public enum Reason {
    /** The value is not JSON. */
    MALFORMED_JSON("the value is not well-formed JSON"),
    DUPLICATE_MEMBER("an object has two members of one name"),
    LONE_SURROGATE("a string has half of a surrogate pair, which no UTF-8 can carry"),
    NUMBER_RANGE("a number has more than 38 significant digits or an exponent beyond 400"),
    TOO_DEEP("the value is nested more than 64 levels deep"),
    TYPE_MISMATCH("the field is not a set of scalars, or the value added is no scalar"),
    PAYLOAD_NOT_OBJECT("the payload of a put is not an object"),
    IMAGE_TOO_LARGE("the entity or its record would exceed the size limit"),
    INVALID_NAME("entity types are 1 to 128 of letters, digits, '.', '_', '-', with no leading dot"),
    INVALID_KEY("entity keys and field names are 1 to 1,024 bytes of valid Unicode"),
    INVALID_TIME("occurred_at is not an RFC 3339 time"),
    UNKNOWN_OP("the op is not one this version knows"),
    INVALID_OP("the op lacks something it needs, has what it must not have, or stands where it must not"),
    QUERY_INVALID("the query does not parse"),
    FIELD_NOT_FILTERABLE("the query needs a scan over more entities than allowed; declare a field of it filterable"),
    FANOUT_LIMIT("the query matches more entities than allowed"),
    BELOW_WINDOW("the local seq is at or below the replica's floor and its outcome is no longer known"),
    ORIGIN_REUSED("the local seq was used before for another mutation"),
    STALE_BASE("the entity's version is not base_version");

    private static final Map<String, Reason> BY_CODE = new HashMap<>();

    static {
        for (Reason reason : values()) BY_CODE.put(reason.code(), reason);
    }

    private final String code = name().toLowerCase(Locale.ROOT);
    private final String detail;

    Reason(String detail) {
        this.detail = detail;
    }

    public String code() {
        return code;
    }

    /** One sentence for people. */
    public String detail() {
        return detail;
    }

    /** @throws IllegalArgumentException if no reason has that code */
    public static Reason ofCode(String code) {
        Reason reason = BY_CODE.get(code);
        if (reason == null) throw new IllegalArgumentException("unknown reason " + code);
        return reason;
    }
}
