package dev.tidemark.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.connect.cli.ConnectStandalone;

/** {@code connect-standalone} as a child process with one connector, as its script starts it. */
final class ConnectStandaloneRun implements AutoCloseable {
    private final Process process;
    private final Path out;

    private ConnectStandaloneRun(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    static ConnectStandaloneRun start(Path home, String bootstrap, Map<String, String> connector) {
        try {
            Path worker = write(
                    home.resolve("worker.properties"),
                    Map.of(
                            "bootstrap.servers", bootstrap,
                            "listeners", "http://127.0.0.1:0",
                            "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                            "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                            "header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                            "offset.storage.file.filename",
                                    home.resolve("offsets").toString(),
                            "offset.flush.interval.ms", "500",
                            "plugin.discovery", "service_load",
                            "consumer.isolation.level", "read_committed"));
            Path sink = write(home.resolve("sink.properties"), connector);
            Path out = home.resolve("out");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ConnectStandalone.class.getName(),
                    worker.toString(),
                    sink.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(home.resolve("err").toFile())
                    .start();
            return new ConnectStandaloneRun(process, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, Map<String, String> properties) throws IOException {
        return Files.writeString(
                file,
                properties.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining("\n")));
    }

    /** What it wrote to stdout; fails if it ended. */
    String out() {
        try {
            String text = Files.readString(out);
            if (!process.isAlive())
                throw new IllegalStateException("Connect ended: " + text + Files.readString(out.resolveSibling("err")));
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
}
