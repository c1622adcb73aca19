package dev.tidemark.cli.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PusherTest {
    private static final int BATCH_LINES = 4;

    private final List<Duration> pauses = new ArrayList<>();
    private final PushTally tally = new PushTally();
    private FakeServer server;
    private long nanos;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void cutsAFileIntoRequestsAndKeepsItsOrder() {
        push(mutations(10));
        assertThat(server.requests()).extracting(List::size).containsExactly(4, 4, 2);
        assertThat(server.applied()).isEqualTo(mutations(10));
        assertThat(tally.count(OutcomeWord.ACCEPTED)).isEqualTo(10);
    }

    @Test
    void cutsRequestsByBytesToo() {
        List<String> lines = mutations(6);
        int twoLines = lines.get(0).length() + lines.get(1).length() + 2;
        push(lines, new PushLimits(100, twoLines));
        assertThat(server.requests()).extracting(List::size).containsExactly(2, 2, 2);
    }

    @Test
    void sendsAMutationThatIsLargerThanTheBoundAlone() {
        push(mutations(3), new PushLimits(100, 10));
        assertThat(server.requests()).extracting(List::size).containsExactly(1, 1, 1);
    }

    @Test
    void sendsTheSameRequestAgainWhenTheConnectionBreaksBeforeItTookEffect() {
        server.dropsBefore();
        push(mutations(6));
        assertThat(server.requests().get(1)).isEqualTo(server.requests().get(0));
        assertThat(server.applied()).isEqualTo(mutations(6));
        assertThat(tally.count(OutcomeWord.ACCEPTED)).isEqualTo(6);
        assertThat(tally.retries()).isEqualTo(1);
    }

    @Test
    void findsDuplicatesWhenTheConnectionBrokeAfterItTookEffect() {
        server.dropsAfter();
        push(mutations(6));
        assertThat(server.applied()).isEqualTo(mutations(6));
        assertThat(tally.count(OutcomeWord.DUPLICATE)).isEqualTo(4);
        assertThat(tally.count(OutcomeWord.ACCEPTED)).isEqualTo(2);
    }

    @Test
    void ignoresAnAnswerThatLacksResults() {
        server.losesTheLastResults(1);
        push(mutations(4));
        assertThat(server.requests()).hasSize(2);
        assertThat(tally.decided()).isEqualTo(4);
        assertThat(tally.count(OutcomeWord.DUPLICATE)).isEqualTo(4);
    }

    @Test
    void ignoresAnAnswerThatIsCutOff() {
        server.truncates();
        push(mutations(4));
        assertThat(server.requests()).hasSize(2);
        assertThat(tally.count(OutcomeWord.DUPLICATE)).isEqualTo(4);
    }

    @Test
    void ignoresAnAnswerForOtherMutations() {
        server.shiftsLocalSeqs();
        push(mutations(4));
        assertThat(server.requests()).hasSize(2);
        assertThat(tally.count(OutcomeWord.DUPLICATE)).isEqualTo(4);
    }

    @Test
    void goesOnAtTheOldestUndecidedWhenTheServerStopsMidway() {
        server.stopsAfter(3);
        push(mutations(6));
        assertThat(server.requests().get(1)).isEqualTo(mutations(6).subList(3, 6));
        assertThat(tally.count(OutcomeWord.ACCEPTED)).isEqualTo(6);
        assertThat(tally.count(OutcomeWord.DUPLICATE)).isZero();
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        server.answers(503, "7").answers(429, null);
        push(mutations(4));
        assertThat(pauses.get(0)).isEqualTo(Duration.ofSeconds(7));
        assertThat(pauses.get(1)).isLessThan(Duration.ofSeconds(1));
        assertThat(tally.count(OutcomeWord.ACCEPTED)).isEqualTo(4);
    }

    @Test
    void givesUpWhenNothingSucceedsForTooLong() {
        for (int i = 0; i < 100; i++) server.answers(503, "20");
        assertThatThrownBy(() -> push(mutations(4)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("gave up after 60 s")
                .hasMessageContaining("busy: come back later");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void doesNotInsistOnWhatCannotPass() {
        server.answers(409, null);
        assertThatThrownBy(() -> push(mutations(3)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("lines 1 to 3 refused: busy: come back later");
        assertThat(pauses).isEmpty();
    }

    @Test
    void namesTheLineOfTheFileThatTheServerRefuses() {
        server.answers(503, null).refusesLine(2);
        List<String> lines = new ArrayList<>(mutations(6));
        lines.add(1, "");
        assertThatThrownBy(() -> push(lines)).hasMessage("line 3 refused: invalid_request: /op unknown");
        assertThat(server.applied()).isEqualTo(mutations(1));
        assertThat(tally.decided()).isEqualTo(1);
    }

    @Test
    void sendsLessAtOnceWhenTheServerFindsARequestTooLarge() {
        server.takesAtMost(1);
        push(mutations(5));
        assertThat(server.applied()).isEqualTo(mutations(5));
        assertThat(server.requests()).extracting(List::size).containsExactly(4, 2, 1, 1, 1, 1, 1);
    }

    @Test
    void doesNotStopAtARejectionAndSaysWhereItIs() {
        List<String> lines = new ArrayList<>(mutations(6));
        lines.add(
                2, "{\"replica\":\"r1\",\"local_seq\":100,\"entity\":\"e\",\"entity_key\":\"bad\",\"op\":\"delete\"}");
        push(lines);
        assertThat(tally.count(OutcomeWord.ACCEPTED)).isEqualTo(6);
        assertThat(new PushReport("p", tally, 1).text())
                .contains("accepted 6  unchanged 0  duplicate 0  rejected 1  conflict 0")
                .contains("rejected: line 3 (r1, local seq 100): type_mismatch: no set");
    }

    @Test
    void answersDuplicateForAFileThatWasPushedBefore() {
        push(mutations(9));
        PushTally again = new PushTally();
        push(mutations(9), new PushLimits(2, 1 << 20), again);
        assertThat(again.count(OutcomeWord.DUPLICATE)).isEqualTo(9);
        assertThat(server.applied()).isEqualTo(mutations(9));
    }

    @Test
    void pushesWhatComesBeforeABrokenLine() {
        List<String> lines = new ArrayList<>(mutations(6));
        lines.add(5, "{\"replica\":");
        assertThatThrownBy(() -> push(lines)).hasMessageContaining("line 6 is malformed JSON");
        assertThat(server.applied()).isEqualTo(mutations(5));
    }

    @Test
    void saysThatNobodyAnswersWithoutWaiting() {
        server.close();
        assertThatThrownBy(() -> push(mutations(1)))
                .hasMessage("no Tidemark server answers at " + server.address()
                        + "; start one with ./tidemark up or name it with --server");
        assertThat(pauses).isEmpty();
    }

    private void push(List<String> lines) {
        push(lines, new PushLimits(BATCH_LINES, 1 << 20));
    }

    private void push(List<String> lines, PushLimits limits) {
        push(lines, limits, tally);
    }

    private void push(List<String> lines, PushLimits limits, PushTally into) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        LineSource source = LineSource.of("file", new ByteArrayInputStream(bytes));
        PushTask task = new PushTask("p", source, Optional.empty(), limits);
        new Pusher(task, ServerClient.at(server.address()), patience(), into).run(() -> {});
    }

    private Patience patience() {
        Patience.Pause pause = duration -> {
            pauses.add(duration);
            nanos += duration.toNanos();
        };
        return new Patience(Duration.ofSeconds(60), pause, () -> nanos, notice -> {});
    }

    private static List<String> mutations(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{\"replica\":\"r" + i % 2 + "\",\"local_seq\":" + i
                        + ",\"entity\":\"e\",\"entity_key\":\"k" + i + "\",\"op\":\"upsert\",\"payload\":{\"n\":" + i
                        + "}}")
                .toList();
    }
}
