package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import dev.tidemark.model.EntityId;
import java.nio.charset.StandardCharsets;

/** Paths and ids are inverse both ways; what has no path is refused by an {@link IllegalArgumentException} and nothing else. */
class EntityPathFuzz {
    @FuzzTest
    void pathsAndIdsAreInverse(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        ofPath(text);
        String[] parts = text.split("\n", 3);
        if (parts.length == 3) ofId(new EntityId(parts[0], parts[1], parts[2]));
        // Each two bytes a char: with halves of surrogate pairs, which UTF-8 does not have.
        String wide = wide(input);
        ofPath(wide);
        ofId(new EntityId("p", "note", wide));
    }

    private static void ofPath(String path) {
        try {
            EntityId id = EntityPath.parse(path);
            assertThat(EntityPath.of(id)).isEqualTo(path);
            assertThat(EntityPath.projectOf(path)).isEqualTo(id.project());
            assertThat(path).startsWith(EntityPath.typePrefix(id.project(), id.entity()));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void ofId(EntityId id) {
        String path;
        try {
            path = EntityPath.of(id);
        } catch (IllegalArgumentException refused) {
            assertThat(hasAPath(id.project()) && hasAPath(id.entity()) && hasAPath(id.key()))
                    .isFalse();
            return;
        }
        assertThat(path).matches("[A-Za-z0-9._~%-]+/[A-Za-z0-9._~%-]+/[A-Za-z0-9._~%-]+");
        assertThat(EntityPath.parse(path)).isEqualTo(id);
    }

    private static boolean hasAPath(String part) {
        return !part.isEmpty() && StandardCharsets.UTF_8.newEncoder().canEncode(part);
    }

    private static String wide(byte[] input) {
        char[] chars = new char[input.length / 2];
        for (int i = 0; i < chars.length; i++) chars[i] = (char) (input[2 * i] << 8 | input[2 * i + 1] & 0xff);
        return new String(chars);
    }

    @OnBrokenSeeds
    void brokenSeedsAreInverseOrRefused() {
        SeedCorpus.of(getClass()).eachBroken(this::pathsAndIdsAreInverse);
    }
}
