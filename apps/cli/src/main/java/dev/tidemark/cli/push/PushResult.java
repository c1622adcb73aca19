package dev.tidemark.cli.push;

import org.jspecify.annotations.Nullable;

/** What the server decided of one mutation, in the words of the contract. */
record PushResult(
        long localSeq,
        OutcomeWord outcome,
        @Nullable String reason,
        @Nullable String detail) {}
