package dev.tidemark.model;

/** What a record of the log says of its entity. */
public enum ChangeOp {
    UPSERT("upsert"),
    DELETE("delete");

    private final String code;

    ChangeOp(String code) {
        this.code = code;
    }

    /** As in the JSON contract. */
    public String code() {
        return code;
    }
}
