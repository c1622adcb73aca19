package dev.tidemark.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {
    @TempDir
    Path directory;

    @AfterEach
    void close() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.stop();
        context.start();
    }

    @Test
    void aLineHasItsKeysAndValues() throws Exception {
        Path file = directory.resolve("tidemark.log");
        RunLog.open(file, "info");
        LoggerFactory.getLogger(RunLogTest.class)
                .atInfo()
                .addKeyValue("transactions", 2)
                .log("ended what a dead instance left open");
        assertThat(Files.readString(file)).contains("ended what a dead instance left open transactions=\"2\"");
    }
}
