package dev.tidemark.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final String NAME = "kafka/tidemark.log-0/00000000000000000000.log";

    @TempDir
    private Path home;

    @Test
    void aDamagedNameIsADamagedArchiveAndNothingElse() throws IOException {
        byte[] whole = archive();
        int name = new String(whole, StandardCharsets.ISO_8859_1).indexOf(NAME);
        for (int damage : new int[] {0x80, 0x3C, 0xFF}) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 4; i++) damaged[name + i] ^= (byte) damage;
            Path broken = Files.write(home.resolve("broken.zip"), damaged);
            Path target = Files.createDirectories(home.resolve("target" + damage));
            assertThatThrownBy(() -> Archive.unpack(broken, target)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whereverAByteIsDamagedItIsReadWholeOrIsADamagedArchive() throws IOException {
        byte[] whole = archive();
        Archive.Contents contents = Archive.read(home.resolve("whole.zip"));
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xA5;
            Path broken = Files.write(home.resolve("broken.zip"), damaged);
            try {
                assertThat(Archive.read(broken).bytes()).isEqualTo(contents.bytes());
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private byte[] archive() throws IOException {
        Path file = home.resolve("data").resolve(NAME);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "records ".repeat(200));
        Files.writeString(home.resolve("data/VERSION"), "1\n");
        Path zip = home.resolve("whole.zip");
        Archive.write(home.resolve("data"), List.of("VERSION", "kafka"), zip);
        return Files.readAllBytes(zip);
    }
}
