package dev.tidemark.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void laysOutANewDirectory() throws IOException {
        Path root = parent.resolve("a/b");
        try (RunDirectory home = RunDirectory.claim(root)) {
            assertThat(home.kafka()).isDirectory();
            assertThat(home.state()).isDirectory();
            assertThat(home.logFile().getParent()).isDirectory();
        }
        assertThat(Files.readString(root.resolve("VERSION"))).isEqualTo("1\n");
    }

    @Test
    void refusesASecondOwnerAndNamesThePidOfTheFirst() {
        try (RunDirectory first = RunDirectory.claim(parent)) {
            assertThatThrownBy(() -> RunDirectory.claim(parent))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("in use by the Tidemark with pid "
                            + ProcessHandle.current().pid());
            assertThat(first.kafka()).exists();
        }
    }

    @Test
    void isFreeAgainWhenClosed() {
        RunDirectory.claim(parent).close();
        RunDirectory.claim(parent).close();
        assertThat(parent.resolve("LOCK")).isEmptyFile();
    }

    @Test
    void refusesAnotherFormatAndSaysWhatToDo() throws IOException {
        RunDirectory.claim(parent).close();
        Files.writeString(parent.resolve("VERSION"), "99\n");
        assertThatThrownBy(() -> RunDirectory.claim(parent))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("was written in format 99, this Tidemark reads format 1; run the release");
    }

    @Test
    void refusesADirectoryOfSomebodyElseAndLeavesItAlone() throws IOException {
        Files.writeString(parent.resolve("thesis.txt"), "");
        assertThatThrownBy(() -> RunDirectory.claim(parent))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("holds other files (thesis.txt)");
        assertThat(parent).isDirectoryNotContaining("glob:**LOCK");
    }

    @Test
    void refusesDataWithoutAVersion() throws IOException {
        Files.createDirectory(parent.resolve("kafka"));
        assertThatThrownBy(() -> RunDirectory.claim(parent)).hasMessageContaining("has data in it but no VERSION file");
    }

    @Test
    void takesUpADirectoryThatWasLeftBeforeItHadAVersion() throws IOException {
        Files.writeString(parent.resolve("LOCK"), "123\n");
        Files.writeString(parent.resolve("VERSION.new"), "");
        RunDirectory.claim(parent).close();
        assertThat(parent.resolve("VERSION")).hasContent("1");
    }

    @Test
    void saysThatAFileIsInTheWay() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");
        assertThatThrownBy(() -> RunDirectory.claim(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is a file and not a directory");
    }
}
