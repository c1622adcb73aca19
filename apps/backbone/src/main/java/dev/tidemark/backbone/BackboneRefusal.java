package dev.tidemark.backbone;

/** Why the backbone does not start: a stable code, and a message that says what to do. */
public final class BackboneRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    public BackboneRefusal(String code, String text) {
        super(text);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
