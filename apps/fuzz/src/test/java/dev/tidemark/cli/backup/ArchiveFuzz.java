package dev.tidemark.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import dev.tidemark.fuzz.WorkDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/**
 * What is given to restore is refused by an {@link IOException}, or unpacked whole; and never a byte of it beside the directory. Each
 * input is tried as an archive, and as the names of the files of one.
 */
class ArchiveFuzz {
    private final Path home = WorkDirectory.ofThisRun();

    @FuzzTest
    void anArchiveIsRefusedOrUnpackedWhole(byte[] input) throws IOException {
        isRefusedOrUnpackedWhole(input);
        isRefusedOrUnpackedWhole(archiveOf(new String(input, StandardCharsets.UTF_8).split("\n")));
    }

    private void isRefusedOrUnpackedWhole(byte[] archive) throws IOException {
        Path file = Files.write(home.resolve("backup.zip"), archive);
        Path directory = Files.createDirectories(home.resolve("unpacked"));
        try {
            Archive.Contents contents = Archive.unpack(file, directory);
            assertThat(Archive.read(file)).isEqualTo(contents);
            assertThat(found(directory)).isEqualTo(contents);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
        WorkDirectory.delete(directory);
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).containsExactly(file);
        }
    }

    private static Archive.Contents found(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            long bytes = 0;
            for (Path each : files) bytes += Files.size(each);
            return new Archive.Contents(files.size(), bytes);
        }
    }

    private static byte[] archiveOf(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String name : names) {
                try {
                    out.putNextEntry(new ZipEntry(name));
                    out.write(1);
                } catch (ZipException | IllegalArgumentException noName) {
                    continue; // twice the same, or too long
                }
            }
        }
        return bytes.toByteArray();
    }

    @OnBrokenSeeds
    void aBrokenSeedIsRefusedOrUnpackedWhole() {
        SeedCorpus.of(getClass()).eachBroken(this::anArchiveIsRefusedOrUnpackedWhole);
    }
}
