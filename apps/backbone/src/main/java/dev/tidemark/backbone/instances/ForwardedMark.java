package dev.tidemark.backbone.instances;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Marks a request that another instance has sent on, so that it goes no further; with a secret, proves it (HMAC-SHA-256 of method,
 * target and time). Thread-safe.
 */
public final class ForwardedMark {
    public static final String HEADER = "Tidemark-Forwarded";

    private static final String ALGORITHM = "HmacSHA256";
    /** How far the clocks of two instances may differ. */
    private static final Duration AGE_MAX = Duration.ofSeconds(60);

    private final @Nullable SecretKeySpec key;
    private final Clock clock;

    /** @param secret that all instances share; empty: none, which is enough where only this machine's programs can call */
    public ForwardedMark(String secret, Clock clock) {
        this.key = secret.isEmpty() ? null : new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /** Whether others can be sure of it. */
    public boolean isProof() {
        return key != null;
    }

    /**
     * The mark of a request.
     *
     * @param target path and query as sent
     */
    public String of(String method, String target) {
        return at(clock.millis(), method, target);
    }

    public boolean isValid(String mark, String method, String target) {
        try {
            long sentMs = Long.parseLong(mark, 0, Math.max(0, mark.indexOf('.')), 10);
            if (key == null) return true;
            if (Math.abs(clock.millis() - sentMs) > AGE_MAX.toMillis()) return false;
            byte[] expected = at(sentMs, method, target).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(expected, mark.getBytes(StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String at(long sentMs, String method, String target) {
        if (key == null) return sentMs + ".";
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] proof = mac.doFinal((method + '\n' + target + '\n' + sentMs).getBytes(StandardCharsets.UTF_8));
            return sentMs + "." + HexFormat.of().formatHex(proof);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256, and it takes any key", e);
        }
    }
}
