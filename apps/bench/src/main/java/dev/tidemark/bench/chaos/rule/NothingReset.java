package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * L9: where nothing expires no cursor is refused, and none is silently begun again: a page goes on in the epoch and from the seq
 * that was asked for.
 */
final class NothingReset implements Rule {
    @Override
    public String law() {
        return "L9";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>();
        for (Refusal each : evidence.served().refusals()) found.add("refused: " + each);
        for (Page page : evidence.served().pages()) {
            if (page.from() == null) continue;
            if (!page.from().epoch().equals(page.to().epoch()))
                found.add(
                        page.reader() + " asked in epoch " + page.from().epoch().hex() + ", the page is of "
                                + page.to().epoch().hex());
            if (page.through() < page.after())
                found.add(page.reader() + " asked from " + page.after() + ", the page ends at " + page.through());
        }
        return found;
    }
}
