package dev.tidemark.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.CanonicalJson;
import org.junit.jupiter.api.Test;

class ImagesTest {
    private final Images images = new Images(1, 300);

    @Test
    void imagesHaveTheSizeAskedForAndAreJson() {
        for (int entity = 0; entity < 200; entity++) {
            String image = images.of(entity % 4, entity, 12);

            assertThat(image).hasSize(300);
            assertThat(CanonicalJson.of(image)).hasSize(300).startsWith("{");
        }
    }

    @Test
    void imageTooSmallForItsFieldsIsStillJson() {
        assertThat(CanonicalJson.of(new Images(1, 10).of(0, 0, 0))).contains("\"body\":\"\"");
    }
}
