package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.backup.Archive;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Flag;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.cli.embedded.FileTree;
import dev.tidemark.cli.embedded.RunDirectory;
import dev.tidemark.topology.repair.RaiseGenerations;
import dev.tidemark.topology.repair.RepairRefused;
import dev.tidemark.topology.repair.RepairSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Make a new data directory of a backup.",
            "",
            "Every project begins a new generation: a cursor from before, which may be of a place that the backup does not have,"
                    + " is refused (410 cursor_expired), and its reader reads everything again.",
            ""
        })
final class RestoreCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigFlags config;

    @Mixin
    private final ResultFlags result;

    @Parameters(paramLabel = "FILE", description = "what `tidemark backup` wrote")
    private @Nullable Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "the new data directory (default .tidemark)")
    private @Nullable String directory;

    RestoreCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.config = new ConfigFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        Path source = Objects.requireNonNull(file).toAbsolutePath();
        if (!Files.isRegularFile(source)) throw new CommandFailure("there is no file " + source);
        Path target = settings(directory)
                .path(SettingCatalogue.DATA_DIR)
                .toAbsolutePath()
                .normalize();
        Path staged = null;
        try {
            requireEmpty(target);
            staged = Files.createTempDirectory(
                    Files.createDirectories(Objects.requireNonNull(target.getParent())),
                    target.getFileName() + ".restoring-");
            Archive.Contents contents = unpack(source, staged);
            surroundings.err().println("unpacked " + contents.files() + " files; beginning new generations");
            int projects = raise(staged);
            Files.deleteIfExists(target);
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            say(target, contents, projects);
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("cannot restore to " + target + ": " + e.getMessage(), e);
        } finally {
            discard(staged);
        }
    }

    private EffectiveConfig settings(@Nullable String data) {
        return config.resolve(data == null ? Map.of() : Map.of(SettingCatalogue.DATA_DIR, new Flag("--data", data)));
    }

    private static void requireEmpty(Path target) throws IOException {
        if (!Files.exists(target)) return;
        if (!Files.isDirectory(target)) throw new CommandFailure(target + " is a file; name a directory with --data");
        try (Stream<Path> entries = Files.list(target)) {
            if (entries.findAny().isPresent())
                throw new CommandFailure(target + " is not empty; name a new directory with --data");
        }
    }

    private static Archive.Contents unpack(Path source, Path staged) {
        try {
            Archive.Contents contents = Archive.unpack(source, staged);
            if (!RunDirectory.isOne(staged)) throw new IOException("it holds no data directory of Tidemark");
            return contents;
        } catch (IOException e) {
            throw new CommandFailure(source + " is no backup, or damaged: " + e.getMessage(), e);
        }
    }

    private int raise(Path staged) {
        try (RepairPlace place = RepairPlace.inDirectory(settings(staged.toString()));
                RepairSite site = RepairSite.open(place.setup())) {
            return RaiseGenerations.run(site, System.currentTimeMillis());
        } catch (RepairRefused refused) {
            throw new CommandFailure(refused.code() + ": " + refused.getMessage(), refused);
        } catch (KafkaException e) {
            throw new CommandFailure("the unpacked Kafka does not answer: " + e.getMessage() + "; run it again", e);
        }
    }

    private void say(Path target, Archive.Contents contents, int projects) {
        result.print(
                "restored " + target + ": " + contents.files() + " files, " + contents.bytes() + " bytes; " + projects
                        + " projects begin a new generation, every reader reads everything again",
                Json.MAPPER
                        .createObjectNode()
                        .put("data", target.toString())
                        .put("files", contents.files())
                        .put("bytes", contents.bytes())
                        .put("projects", projects));
    }

    private void discard(@Nullable Path staged) {
        try {
            if (staged != null) FileTree.delete(staged);
        } catch (IOException e) {
            surroundings.err().println("left behind: " + staged + " (" + e.getMessage() + ")");
        }
    }
}
