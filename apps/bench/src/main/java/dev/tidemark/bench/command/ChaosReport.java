package dev.tidemark.bench.command;

import dev.tidemark.bench.chaos.Recoveries;
import dev.tidemark.bench.chaos.cluster.Strike;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.measure.Spread;
import dev.tidemark.bench.report.Measure;
import dev.tidemark.bench.report.Result;
import java.util.List;
import java.util.function.ToLongFunction;

/** What a run of chaos did and saw, in numbers. */
final class ChaosReport {
    private final Result result = new Result("chaos");

    Result result() {
        return result;
    }

    void recoveries(Recoveries recoveries) {
        for (Strike strike : Strike.values()) {
            Integer count = recoveries.strikes().get(strike);
            if (count == null) continue;
            result.add(spread(strike.label(), count, recoveries.restartedS(strike)));
            if (!recoveries.takenOverS(strike).isEmpty())
                result.add(spread("  the others took over", count, recoveries.takenOverS(strike)));
        }
    }

    private static Measure spread(String name, int count, List<Double> eachS) {
        Spread spread = eachS.isEmpty() ? Spread.NONE : Spread.of(eachS);
        return new Measure(name, "s")
                .with("count", count)
                .with("median", spread.median())
                .with("longest", spread.max());
    }

    void counts(List<Evidence> evidence, long resends, int violations) {
        add("mutations pushed", evidence, each -> each.pushed().sent().size());
        result.add(count("pushes sent again", resends));
        add("answers", evidence, each -> each.pushed().answers().size());
        add("records", evidence, each -> each.log().whole().size());
        add("pages read", evidence, each -> each.served().pages().size());
        add("unified cursors shown", evidence, each -> each.served().shown().size());
        result.add(count("violations", violations));
    }

    private void add(String name, List<Evidence> evidence, ToLongFunction<Evidence> ofProject) {
        result.add(count(name, evidence.stream().mapToLong(ofProject).sum()));
    }

    private static Measure count(String name, long value) {
        return new Measure(name, "").with("count", value);
    }
}
