package dev.tidemark.wire;

/**
 * The schema registry could not be asked, or does not do what it must. Says nothing about any record: try again, or fix
 * the registry. The message names its address and what to do, never a password.
 */
public final class SchemaRegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SchemaRegistryException(String message) {
        super(message);
    }

    public SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
