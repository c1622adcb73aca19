package dev.tidemark.algebra.client;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Reason;

/** A mutation that will never take effect: out of the overlay, to be shown to the user. */
public record Undone(Mutation mutation, Reason reason) {}
