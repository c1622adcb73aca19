package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8CheckTest {
    @Test
    void takesEveryCharacter() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) continue;
            byte[] bytes = ("0123456" + Character.toString(c) + "012345678").getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8Check.isValid(bytes, 0, bytes.length)).as("U+%x", c).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80", "c0af", "c3", "e08080", "eda080", "e282", "f08080af", "f4908080", "f5808080", "ff", "c328"
            })
    void refusesWhatIsNoCharacter(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Utf8Check.isValid(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void looksAtNothingOutsideItsRange() {
        byte[] bytes = {(byte) 0xff, 'a', (byte) 0xc3, (byte) 0xa9};

        assertThat(Utf8Check.isValid(bytes, 1, 1)).isTrue();
        assertThat(Utf8Check.isValid(bytes, 1, 2)).isFalse();
        assertThat(Utf8Check.isValid(bytes, 1, 3)).isTrue();
    }

    @Test
    void agreesWithJavasStrictDecoder() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(8)];
            for (int j = 0; j < bytes.length; j++) bytes[j] = (byte) (0x70 + random.nextInt(0x90));
            assertThat(Utf8Check.isValid(bytes, 0, bytes.length))
                    .as("replay with -Dseed=%d", seed)
                    .isEqualTo(decodes(bytes));
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
