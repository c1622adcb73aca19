package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.LogRead;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Row;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** L6: whatever any reader ever saw is in the log for good, at its seq, of its entity, with its hash. */
final class NothingTakenBack implements Rule {
    @Override
    public String law() {
        return "L6";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>();
        for (Page page : evidence.served().pages()) {
            for (Row row : page.rows())
                if (!isThere(evidence.log().whole().get(row.seq()), row))
                    found.add(page.reader() + " saw " + row + ", which is not in the log");
        }
        for (LogRead.Logged each : evidence.log().tail())
            if (!each.change().equals(evidence.log().whole().get(each.seq())))
                found.add("the raw reader saw record " + each.seq() + " of " + each.path()
                        + ", which is not in the log or another");
        return found;
    }

    private static boolean isThere(@Nullable EntityChange logged, Row row) {
        if (logged == null) return false;
        Hash hash = logged.meta().hash();
        return Superseded.pathOf(logged).equals(row.path())
                && Objects.equals(hash == null ? null : hash.hex(), row.hash());
    }
}
