package dev.tidemark.cli.push;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a push is asked to do.
 *
 * @param file absent for standard input
 * @param replica for lines that name none
 * @param batchLines most mutations of one request
 * @param retryFor how long to insist since the last success
 */
public record PushOrder(
        String project, Optional<Path> file, Optional<String> replica, int batchLines, Duration retryFor) {
    public static final int BATCH_LINES_DEFAULT = PushLimits.LINES_DEFAULT;
}
