package dev.tidemark.backbone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Name of an instance, kept beside its state: with it, static group membership gives a restarted instance its tasks back at once
 * instead of after a session timeout.
 */
final class InstanceId {
    private static final String FILE = "instance-id";

    private InstanceId() {}

    static String of(Path stateDir) throws BackboneRefusal {
        Path file = stateDir.resolve(FILE);
        try {
            Files.createDirectories(stateDir);
            if (Files.exists(file)) {
                String id = Files.readString(file).trim();
                if (!id.isEmpty()) return id;
            }
            String id = UUID.randomUUID().toString();
            Files.writeString(file, id + "\n");
            return id;
        } catch (IOException e) {
            throw new BackboneRefusal(
                    "state_dir",
                    "cannot write to " + stateDir + ": " + e.getMessage()
                            + "; check its owner, its rights and the space on the disk");
        }
    }
}
