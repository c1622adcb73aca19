package dev.tidemark.bench.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
    @TempDir
    Path under;

    @Test
    void nothingIsLeftOfIt() throws IOException {
        try (Place place = Place.under(under)) {
            Files.writeString(place.fresh("a").resolve("file"), "text");
            Files.createDirectories(place.fresh("b").resolve("deep/deeper"));
        }

        assertThat(under).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsToBeLookedAtStays() throws IOException {
        Path kept;
        try (Place place = Place.under(under)) {
            Files.writeString(place.fresh("a").resolve("file"), "text");
            kept = place.stay();
        }

        assertThat(kept.resolve("0-a/file")).hasContent("text");
    }

    @Test
    void whatItKeepsIsClosedLastFirstAndBeforeItsDirectoryGoes() throws IOException {
        List<String> closed = new ArrayList<>();
        try (Place place = Place.under(under)) {
            Path file = Files.writeString(place.fresh("a").resolve("file"), "text");
            place.keep(() -> closed.add("first " + Files.exists(file)));
            place.keep(() -> {
                throw new IOException("cannot");
            });
            place.keep(() -> closed.add("last " + Files.exists(file)));
        }

        assertThat(closed).containsExactly("last true", "first true");
    }
}
