package dev.tidemark.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.bench.chaos.cluster.Apart;
import dev.tidemark.bench.chaos.cluster.Fault;
import dev.tidemark.bench.chaos.cluster.Servers;
import dev.tidemark.bench.chaos.cluster.Strike;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.load.Gateways;
import dev.tidemark.bench.chaos.load.Load;
import dev.tidemark.bench.chaos.rule.Checker;
import dev.tidemark.bench.place.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers with three copies, two of which must have a record, and two instances, each a process: the active controller dies, and
 * when it is back another broker.
 */
class ThreeBrokersIT {
    private static final Duration AFTER = Duration.ofSeconds(1);

    @TempDir
    Path under;

    @Test
    void noLawBreaksWhenTheControllerDiesAndThenABroker() {
        Iterator<Fault> faults = List.of(
                        new Fault(Strike.CONTROLLER, AFTER, 0, Duration.ZERO),
                        new Fault(Strike.BROKER, AFTER, 1, Duration.ZERO))
                .iterator();
        try (Place place = Place.under(under)) {
            Servers servers = new Apart(place, 2, 3, Map.of("partitions", "2"));
            servers.start();
            Load load = new Load(
                    new Load.Shape(1, 2, 2, Duration.ofMillis(100)), new Gateways(servers.urls()), servers.bootstrap());
            Chaos chaos = new Chaos(servers, load, text -> System.out.println("ThreeBrokersIT: " + text));

            List<Evidence> evidence = chaos.run(faults::next, (count, passed) -> !faults.hasNext());

            assertThat(evidence).allSatisfy(each -> {
                assertThat(each.log().whole()).hasSizeGreaterThan(20);
                assertThat(Checker.violations(each)).isEmpty();
            });
            assertThat(chaos.recoveries().takenOverS(Strike.CONTROLLER)).hasSize(1);
        }
    }
}
