package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.Page;
import java.util.List;

/** L9: a page that leaves nothing, read when all was decided, goes to the end of the log; less would be silently incomplete. */
final class EndIsServed implements Rule {
    @Override
    public String law() {
        return "L9";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        long end =
                evidence.log().whole().isEmpty() ? -1 : evidence.log().whole().lastKey();
        long served = evidence.served().pages().stream()
                .filter(page -> page.end() != null)
                .mapToLong(Page::through)
                .max()
                .orElse(-1);
        return served == end ? List.of() : List.of("the log ends at " + end + ", what is served at " + served);
    }
}
