package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import dev.tidemark.model.Cursor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A token is exactly one cursor or refused, also where its checksum is right; damage to any char of one is seen. */
class CursorTokenFuzz {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @FuzzTest
    void aTokenIsOneCursorOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        isOneCursorOrRefused(text);
        String token = withChecksum(input);
        if (isOneCursorOrRefused(token).isPresent() && input.length > 0) damageIsSeen(token, input[input.length - 1]);
    }

    private static Optional<Cursor> isOneCursorOrRefused(String token) {
        Optional<Cursor> cursor = decoded(token);
        cursor.ifPresent(read -> assertThat(CursorToken.encode(read)).isEqualTo(token));
        return cursor;
    }

    private static void damageIsSeen(String token, byte which) {
        int at = Byte.toUnsignedInt(which) % token.length();
        for (char other : new char[] {'A', '_', '%'}) {
            String damaged = token.substring(0, at) + other + token.substring(at + 1);
            if (!damaged.equals(token)) assertThat(decoded(damaged)).as(damaged).isEmpty();
        }
        assertThat(decoded(token.substring(1))).isEmpty();
        assertThat(decoded(token + ALPHABET.charAt(at % ALPHABET.length()))).isEmpty();
    }

    private static Optional<Cursor> decoded(String token) {
        try {
            return Optional.of(CursorToken.decode(token));
        } catch (CursorRefused refused) {
            return Optional.empty();
        }
    }

    /** The bytes with the checksum they should have: no fuzzer finds one. */
    private static String withChecksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        byte[] whole = ByteBuffer.allocate(bytes.length + Integer.BYTES)
                .put(bytes)
                .putInt((int) crc.getValue())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    @OnBrokenSeeds
    void aBrokenSeedIsOneCursorOrRefused() {
        SeedCorpus.of(getClass()).eachBroken(this::aTokenIsOneCursorOrRefused);
    }
}
