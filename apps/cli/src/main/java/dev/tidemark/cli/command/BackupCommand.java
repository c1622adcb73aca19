package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.backup.Archive;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Flag;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.cli.embedded.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = {
            "Write the data directory of a `tidemark up` that is stopped to one file (ZIP).",
            "",
            "The file is read back before it gets its name. `tidemark restore` makes a directory of it again.",
            ""
        })
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private final ConfigFlags config;

    @Mixin
    private final ResultFlags result;

    @Option(names = "--data", paramLabel = "DIR", description = "the data directory (default .tidemark)")
    private @Nullable String directory;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "the file, which must not be there yet")
    private @Nullable Path file;

    BackupCommand(Surroundings surroundings) {
        this.config = new ConfigFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        Map<String, Flag> flags =
                directory == null ? Map.of() : Map.of(SettingCatalogue.DATA_DIR, new Flag("--data", directory));
        EffectiveConfig settings = config.resolve(flags);
        Path target = java.util.Objects.requireNonNull(file).toAbsolutePath();
        if (Files.exists(target)) throw new CommandFailure(target + " is there already; name a new file with --to");
        Path data = settings.path(SettingCatalogue.DATA_DIR);
        if (!RunDirectory.isOne(data))
            throw new CommandFailure(data + " is no data directory of Tidemark; name it with --data");
        try (RunDirectory home = RunDirectory.claim(data)) {
            Archive.Contents contents = Archive.write(home.root(), RunDirectory.KEPT, target);
            long archiveBytes = Files.size(target);
            result.print(
                    "wrote " + target + ": " + contents.files() + " files, " + contents.bytes() + " bytes, in "
                            + archiveBytes + " bytes; read back whole",
                    Json.MAPPER
                            .createObjectNode()
                            .put("file", target.toString())
                            .put("files", contents.files())
                            .put("bytes", contents.bytes())
                            .put("archive_bytes", archiveBytes));
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + target + ": " + e.getMessage() + "; nothing was changed", e);
        }
    }
}
