package dev.tidemark.examples;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** The scripts of {@code src/test/node} beside their packages from npm, which are fetched once per checkout. */
final class NodeModules {
    private static final Path SCRIPTS = Path.of("src", "test", "node");
    private static final Path HOME = Path.of("target", "node");
    private static final Duration INSTALL_MAX = Duration.ofSeconds(120);

    private NodeModules() {}

    /** A directory to run the scripts in; where that cannot be had, the test is skipped and says why. */
    static Path home() throws Exception {
        Program.Ended node = Program.run(Path.of("."), Duration.ofSeconds(10), List.of("node", "--version"));
        if (node.status() != 0) skip("there is no node: " + node.err());
        Files.createDirectories(HOME);
        for (String name : List.of("read.js", "push.js")) copy(name);
        if (!isInstalled()) install();
        return HOME;
    }

    /** Of what is wanted now; the list is copied last, so that an install that broke off is begun again. */
    private static boolean isInstalled() throws IOException {
        Path installed = HOME.resolve("node_modules").resolve("package.json");
        return Files.exists(installed) && Files.mismatch(installed, SCRIPTS.resolve("package.json")) < 0;
    }

    private static void install() throws Exception {
        copy("package.json");
        Program.Ended npm = Program.run(
                HOME,
                INSTALL_MAX,
                List.of(
                        "npm",
                        "install",
                        "--ignore-scripts",
                        "--no-package-lock",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline"));
        if (npm.status() != 0) skip("npm brings no packages: " + npm.err());
        Files.copy(
                HOME.resolve("package.json"),
                HOME.resolve("node_modules").resolve("package.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(String name) throws IOException {
        Files.copy(SCRIPTS.resolve(name), HOME.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void skip(String reason) {
        System.out.println("NodeClientsIT is skipped: " + reason);
        abort(reason);
    }
}
