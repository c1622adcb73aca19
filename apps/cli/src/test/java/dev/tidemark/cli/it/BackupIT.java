package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.backbone.Backbone;
import dev.tidemark.cli.embedded.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A backup holds everything, and a cursor of what came after it is refused by what is restored, and never misled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupIT {
    private static final int FAILED = 1;

    @TempDir
    static Path home;

    private Path data;
    private Path file;
    private Remembered remembered;

    @BeforeAll
    void works() throws IOException {
        data = Files.createDirectories(home.resolve("data"));
        file = home.resolve("backup.zip");
        Files.writeString(data.resolve("VERSION"), "1\n");
        try (Stack stack = Stack.on(data);
                Backbone backbone = stack.ready()) {
            remembered = Remembered.in(backbone);
        }
        Cli.Result written = Cli.run("backup", "--data", data.toString(), "--to", file.toString());
        assertThat(written.expectDone().out()).contains("read back whole");
    }

    @Test
    void whatIsRestoredIsWholeAndRefusesCursorsOfWhatCameAfter() throws IOException {
        String beyond = cursorOfWhatCameAfter();
        Path restored = home.resolve("restored");
        String first = epochOf(home.resolve("first"));
        restore(restored);
        try (Stack stack = Stack.on(restored);
                Backbone backbone = stack.ready()) {
            ProjectApi alpha = new ProjectApi(Remembered.api(backbone), "alpha");
            assertThat(alpha.pull("cursor=" + beyond).code()).isEqualTo("cursor_expired");
            assertThat(alpha.ack("full", beyond).code()).isEqualTo("cursor_expired");
            assertThat(alpha.head().path("epoch").asText()).isNotEqualTo(first);
            remembered
                    .targetsBeganAgain(backbone)
                    .showsTheSameEntities(backbone)
                    .mapsTheSame(backbone, Remembered.Seqs.KEPT)
                    .oldCursorsAreExpired(backbone)
                    .takesNothingTwice(backbone)
                    .goesOn(backbone);
        }
    }

    @Test
    void aDirectoryInUseIsNotBackedUpAndNothingIsOverwritten() {
        try (RunDirectory held = RunDirectory.claim(data)) {
            Cli.Result refused = Cli.run("backup", "--data", held.root().toString(), "--to", home + "/other.zip");
            assertThat(refused.status()).isEqualTo(FAILED);
            assertThat(refused.err()).contains("is in use");
            Cli.Result repair = Cli.run("repair", "admit", "--data", data.toString(), "--dry-run");
            assertThat(repair.status()).isEqualTo(FAILED);
            assertThat(repair.err()).contains("is in use");
        }
        assertThat(Cli.run("backup", "--data", data.toString(), "--to", file.toString())
                        .err())
                .contains("is there already");
        assertThat(Cli.run("restore", file.toString(), "--data", data.toString())
                        .err())
                .contains("is not empty");
        assertThat(Cli.run("backup", "--data", home + "/nowhere", "--to", home + "/other.zip")
                        .err())
                .contains("no data directory");
        assertThat(home.resolve("nowhere")).doesNotExist();
        assertThat(home.resolve("other.zip")).doesNotExist();
    }

    @Test
    void aRepairOfADirectorySaysWhatItWouldDoAndAsksFirst() {
        Path copy = home.resolve("asked");
        Trees.copy(data, copy);
        Cli.Result refused = Cli.run("repair", "admit", "--data", copy.toString());
        assertThat(refused.status()).isEqualTo(FAILED);
        assertThat(refused.out()).contains("nothing wrong").contains("changelogs of tidemark-admit anew");
        assertThat(refused.err()).contains("nothing was changed");
        assertThat(Cli.run("repair", "admit", "--data", home + "/nowhere").err())
                .contains("no data directory");
        assertThat(home.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aDamagedOrShortenedBackupIsRefusedAndLeavesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        for (int i = 0; i < 64; i++) damaged[whole.length / 2 + i] ^= 0x55;
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
        for (byte[] bad : List.of(damaged, cut, new byte[0])) {
            Path broken = Files.write(home.resolve("broken.zip"), bad);
            Cli.Result refused = Cli.run("restore", broken.toString(), "--data", home + "/broken");
            assertThat(refused.status()).isEqualTo(FAILED);
            assertThat(refused.err()).contains("no backup, or damaged");
            assertThat(home.resolve("broken")).doesNotExist();
        }
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.contains("restoring"));
        }
    }

    private String cursorOfWhatCameAfter() {
        try (Stack stack = Stack.onCopy(data, home.resolve("went-on"));
                Backbone backbone = stack.ready()) {
            ProjectApi alpha = new ProjectApi(Remembered.api(backbone), "alpha");
            JsonNode after = alpha.pushed(PushBody.by("left").upsert(900, "n1", "{\"kind\":\"lost\"}"));
            assertThat(after.path("results").path(0).path("outcome").asText()).isEqualTo("accepted");
            return alpha.headCursor();
        }
    }

    /** The same backup taken into use once before. */
    private String epochOf(Path restored) {
        restore(restored);
        try (Stack stack = Stack.on(restored);
                Backbone backbone = stack.ready()) {
            return new ProjectApi(Remembered.api(backbone), "alpha")
                    .head()
                    .path("epoch")
                    .asText();
        }
    }

    private void restore(Path restored) {
        Cli.Result done = Cli.run("restore", file.toString(), "--data", restored.toString())
                .expectDone();
        assertThat(done.out()).contains("projects begin a new generation");
    }
}
