package dev.tidemark.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.topology.store.PendingTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and wiring are state: a store or a node that is renamed starts empty. */
class GoldenTopologyTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final Pattern GENERATED = Pattern.compile("[A-Z-]*-?\\d{10}");
    private static final Pattern STORES = Pattern.compile("stores: \\[([^\\]]*)\\]");

    /**
     * One of the two topologies.
     *
     * @param file golden file
     */
    private record Case(String file, String applicationId, Topology topology, List<String> stores) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Case> topologies() {
        return Stream.of(
                new Case("admit-topology.txt", Names.ADMIT_APP, admit(), Names.ADMIT_STORES),
                new Case("materialize-topology.txt", Names.MATERIALIZE_APP, materialize(), Names.MATERIALIZE_STORES));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void isAsItWas(Case each) throws IOException {
        String described = each.topology().describe().toString();
        Path golden = FOLDER.resolve(each.file());
        if (Boolean.getBoolean("golden.write"))
            Files.writeString(Files.createDirectories(FOLDER).resolve(each.file()), described);

        assertThat(described)
                .as("%s; if the change is meant: README.md, Golden files, -Dgolden.write=true", golden)
                .isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void hasNoGeneratedName(Case each) {
        assertThat(GENERATED
                        .matcher(each.topology().describe().toString())
                        .results()
                        .map(MatchResult::group))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void isOneSubtopologyThatHasEveryStoreOfItsFence(Case each) {
        String described = each.topology().describe().toString();
        List<String> wired = STORES.matcher(described)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(", ")))
                .filter(store -> !store.isEmpty())
                .toList();

        assertThat(each.topology().describe().subtopologies()).hasSize(1);
        assertThat(new TreeSet<>(wired)).isEqualTo(new TreeSet<>(each.stores()));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void keepsTheNameThatItsPositionsAndChangelogsHave(Case each) {
        assertThat(each.applicationId())
                .isEqualTo(each.file().replace("-topology.txt", "").transform("tidemark-"::concat));
    }

    static Topology admit() {
        FakeCluster cluster = new FakeCluster(6);
        return AdmitTopology.build(new AdmitEnvironment(
                Driver.CODEC,
                cluster,
                cluster.identity(),
                AdmitLimits.DEFAULT,
                Driver.MESSAGE_BYTES_MAX,
                AdmitEnvironment.Pruning.DEFAULT,
                AdmitListener.NONE));
    }

    static Topology materialize() {
        FakeCluster cluster = new FakeCluster(6);
        return MaterializeTopology.build(new MaterializeEnvironment(
                Driver.CODEC,
                cluster,
                cluster.identity(),
                MaterializeEnvironment.Keeping.DEFAULT,
                Driver.MESSAGE_BYTES_MAX,
                new PendingTargets(1),
                MaterializeListener.NONE));
    }
}
