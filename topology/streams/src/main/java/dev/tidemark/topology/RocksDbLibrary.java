package dev.tidemark.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RocksDB's native library, 15 MB that is unpacked at each start. */
public final class RocksDbLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(RocksDbLibrary.class);

    private RocksDbLibrary() {}

    /**
     * Unpacks it to one place, where the next start replaces it: in the directory for temporary files every process that is killed
     * would leave a copy. The first call of a process counts.
     *
     * @param directory made if it is not there; nobody else's
     */
    public static void unpackTo(Path directory) {
        try {
            Files.createDirectories(directory);
            NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            // Such as a disk that forbids to run what is on it.
            LOG.atInfo()
                    .addKeyValue("directory", directory)
                    .setCause(e)
                    .log("RocksDB's library goes to the directory for temporary files");
        }
    }
}
