package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real histories of many replicas, pushed from the command line into one running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryIT {
    private static final int SEQS_ASKED_FOR = 800;

    @TempDir
    static Path home;

    private final long seed = Seeds.next(HistoryIT.class);
    private final Map<String, History> histories = new LinkedHashMap<>();
    private final Map<String, HistoryEvidence> evidence = new LinkedHashMap<>();
    private final Map<String, JsonNode> firstPushes = new LinkedHashMap<>();
    private Up up;

    @BeforeAll
    void pushes() {
        up = Up.in(home);
        System.out.println("HistoryIT: ready in " + up.start().toMillis() + " ms");
        for (String project : new String[] {"disruptor", "couchdb"}) {
            History history = History.of(project, home);
            histories.put(project, history);
            firstPushes.put(project, push(history));
            evidence.put(project, new HistoryEvidence(history, up));
        }
    }

    @AfterAll
    void stops() {
        up.close();
    }

    Stream<String> projects() {
        return histories.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void takesEveryMutationOfTheFile(String project) {
        JsonNode push = firstPushes.get(project);
        long decided = push.path("accepted").asLong() + push.path("unchanged").asLong();
        assertThat(decided).isEqualTo(histories.get(project).lines().size());
    }

    @ParameterizedTest
    @MethodSource("projects")
    void endsWithTheTreeOfTheRepository(String project) {
        evidence.get(project).stateIsExpected();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void writesALogWhoseOrdinalsAndDigestsAddUp(String project) {
        evidence.get(project).logIsSound();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void mapsEveryOriginToTheOnlyRecordThatCarriesIt(String project) {
        evidence.get(project).mappingIsExact();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void leadsFromSeqsBackToOrigins(String project) {
        evidence.get(project).seqsLeadBack(SEQS_ASKED_FOR, seed);
    }

    @ParameterizedTest
    @MethodSource("projects")
    void showsPullersWhatTheLogHas(String project) {
        evidence.get(project).pullsShowTheLog();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void answersDuplicateToEverythingPushedAgainAndMovesNothing(String project) {
        JsonNode before = up.project(project).head();
        JsonNode again = push(histories.get(project));
        assertThat(again.path("duplicate").asLong())
                .isEqualTo(histories.get(project).lines().size());
        assertThat(up.project(project).head()).isEqualTo(before);
    }

    /** What the command line reads back, command by command, of a server that is real. */
    @Test
    void everyCommandThatAsksUnderstandsTheAnswer() {
        assertThat(ask("seq disruptor --replica r-244a70cf --local 1"))
                .contains("local_seq  1")
                .contains("outcome  accepted");
        assertThat(ask("seq disruptor --seq 0")).contains("ordinal");
        assertThat(ask("get disruptor file .editorconfig")).contains(".editorconfig");
        assertThat(ask("pull disruptor --limit 300")).contains("\"entity_key\":\".editorconfig\"");
        assertThat(ask("targets create disruptor asked")).contains("asked");
        assertThat(ask("targets list disruptor")).contains("asked");
        assertThat(ask("targets reset disruptor asked head")).contains("asked");
        assertThat(ask("targets show disruptor asked")).contains("asked");
        assertThat(ask("verify disruptor --deep")).contains("equal");
        assertThat(ask("status")).contains("ready");
        ask("targets delete disruptor asked");
        assertThat(ask("targets list disruptor")).doesNotContain("asked");
    }

    private String ask(String command) {
        String[] words = (command + " --server " + up.server()).split(" ");
        return Cli.run(words).expectDone().out();
    }

    private JsonNode push(History history) {
        Cli.Result push = Cli.run(
                        "push", history.project(), history.file().toString(), "--json", "--server", up.server())
                .expectDone();
        JsonNode report = Reply.json(push.out());
        System.out.println("HistoryIT: " + report);
        return report;
    }
}
