package dev.tidemark.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.cli.embedded.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark up} as a process of its own: starts, refuses a second, stops on a signal, comes back after a kill. */
class UpIT {
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private final int httpPort = FreePort.pair();
    private final int kafkaPort = FreePort.pair();
    private final int connectPort = FreePort.pair();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void printsOneLineWhenReadyAndEndsWithZeroOnASignal() throws Exception {
        Process up = up("first");
        awaitReady(up, "first");
        up.destroy();
        assertThat(up.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isZero();
        assertThat(out("first")).containsExactly("ready http://127.0.0.1:" + httpPort);
        assertThat(err("first")).isEmpty();
    }

    @Test
    void refusesASecondOnTheSameDirectoryAndNamesThePidOfTheFirst() throws Exception {
        Process first = up("first");
        awaitReady(first, "first");
        Process second = up("second");
        assertThat(second.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(err("second")).singleElement().asString().contains("in use by the Tidemark with pid " + first.pid());
    }

    @Test
    void comesBackAfterAKill() throws Exception {
        Process first = up("first");
        awaitReady(first, "first");
        first.destroyForcibly();
        assertThat(first.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        awaitReady(up("second"), "second");
    }

    private Process up(String name) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tidemark.cli.Tidemark",
                "up",
                "--data",
                directory.resolve("data").toString(),
                "--port",
                Integer.toString(httpPort),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--connect-port",
                Integer.toString(connectPort));
        Process process = new ProcessBuilder(command)
                .redirectOutput(file(name, "out"))
                .redirectError(file(name, "err"))
                .start();
        started.add(process);
        return process;
    }

    private void awaitReady(Process up, String name) throws IOException {
        await().atMost(START_MAX).until(() -> !up.isAlive() || !out(name).isEmpty());
        assertThat(err(name)).isEmpty();
        assertThat(out(name)).containsExactly("ready http://127.0.0.1:" + httpPort);
    }

    private List<String> out(String name) throws IOException {
        return Files.readAllLines(file(name, "out").toPath());
    }

    private List<String> err(String name) throws IOException {
        return Files.readAllLines(file(name, "err").toPath());
    }

    private File file(String name, String stream) {
        return directory.resolve(name + "." + stream).toFile();
    }
}
