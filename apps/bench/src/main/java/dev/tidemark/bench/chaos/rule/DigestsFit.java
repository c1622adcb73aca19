package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Row;
import dev.tidemark.model.EntityChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * L7: a page that leaves nothing has the digest of the reader's copy, which is that of the log at the head; every payload has its
 * hash.
 */
final class DigestsFit implements Rule {
    @Override
    public String law() {
        return "L7";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>();
        for (Page page : evidence.served().pages()) {
            for (Row row : page.rows())
                if (!Objects.equals(row.hash(), row.computed()))
                    found.add(page.reader() + " saw a payload that has not its hash: " + row);
            Page.End end = page.end();
            if (end == null) continue;
            if (!end.served().equals(end.computed()))
                found.add("the copy of " + page.reader() + " at " + page.through() + " has the digest " + end.computed()
                        + ", its page " + end.served());
            EntityChange head = evidence.log().whole().get(end.head());
            if (head != null && !head.meta().digest().hex().equals(end.served()))
                found.add("at " + end.head() + " the log has the digest "
                        + head.meta().digest().hex() + ", the page of " + page.reader() + " " + end.served());
        }
        return found;
    }
}
