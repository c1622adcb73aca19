package dev.tidemark.bench.chaos.evidence;

import java.util.List;

/**
 * @param pages of each reader in its order
 * @param shown of each target in its order
 */
public record Served(List<Page> pages, List<Shown> shown, List<Refusal> refusals) {
    public Served {
        pages = List.copyOf(pages);
        shown = List.copyOf(shown);
        refusals = List.copyOf(refusals);
    }
}
