package dev.tidemark.connector;

import dev.tidemark.model.Mutation;
import java.util.Map;

/**
 * A mutation of a source.
 *
 * @param position source offset behind it: reading again from there gives what follows, with the same local seqs
 */
public record PlacedMutation(Mutation mutation, Map<String, ?> position) {
    public PlacedMutation {
        position = Map.copyOf(position);
    }
}
