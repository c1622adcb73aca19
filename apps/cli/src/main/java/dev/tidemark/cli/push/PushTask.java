package dev.tidemark.cli.push;

import java.util.Optional;

/** What to push where. */
record PushTask(String project, LineSource source, Optional<String> replica, PushLimits limits) {}
