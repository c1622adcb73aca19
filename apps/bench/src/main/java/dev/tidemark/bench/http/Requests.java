package dev.tidemark.bench.http;

/** Makes what is sent next on a connection, once what was sent before has been answered. */
public interface Requests {
    default boolean hasNext() {
        return true;
    }

    /** @return a whole HTTP/1.1 request */
    byte[] next(int connection);
}
