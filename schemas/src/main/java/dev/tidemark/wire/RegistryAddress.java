package dev.tidemark.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a schema registry is, and as whom to ask it.
 *
 * @param url of its Confluent API, path included (Apicurio: {@code …/apis/ccompat/v7}); no user or password in it
 * @param login for basic authentication; null: none
 * @param timeout of one request, connecting included
 */
public record RegistryAddress(URI url, @Nullable Login login, Duration timeout) {
    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(5);

    /** A user and password. Shown without the password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + ", password=***]";
        }
    }

    /** @throws IllegalArgumentException with what to do, if it is no http address or the timeout is not positive */
    public RegistryAddress {
        String authority = url.getRawAuthority();
        if (authority != null && authority.contains("@"))
            throw new IllegalArgumentException(
                    "Give the schema registry's user and password apart from its address, where no log shows them");
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme())))
            throw new IllegalArgumentException(
                    "The schema registry's address must be http:// or https:// and a host name without '_': " + url);
        if (timeout.isNegative() || timeout.isZero())
            throw new IllegalArgumentException("The schema registry's timeout must be positive: " + timeout);
    }

    /** @throws IllegalArgumentException with what to do */
    public static RegistryAddress of(String url) {
        try {
            return new RegistryAddress(new URI(url), null, TIMEOUT_DEFAULT);
        } catch (URISyntaxException e) {
            // Not e's message: it quotes the address, and a password may be what makes it malformed.
            throw new IllegalArgumentException("The schema registry's address is no URL: " + e.getReason());
        }
    }

    URI at(String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    Optional<String> authorization() {
        Login known = login;
        if (known == null) return Optional.empty();
        byte[] pair = (known.user() + ":" + known.password()).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
}
