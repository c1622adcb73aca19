package dev.tidemark.topology;

import static dev.tidemark.topology.AdmitDriver.codes;
import static dev.tidemark.topology.AdmitDriver.header;
import static dev.tidemark.topology.Driver.text;
import static dev.tidemark.topology.Driver.utf8;
import static dev.tidemark.topology.Push.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in {@code tidemark.mutations} and {@code tidemark.commands}, Admit goes on and nothing is lost from sight. */
class AdmitDeadLettersTest {
    private static final int PARTITIONS = 3;
    private static final String HERE = projectOn(0);
    private static final String ELSEWHERE = projectOn(1);

    private AdmitDriver admit;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        admit = new AdmitDriver(stateDir, AdmitLimits.DEFAULT, PARTITIONS);
    }

    @AfterEach
    void stop() {
        admit.close();
    }

    @Test
    void keepsWhatCannotBeDecodedWithReasonAndCoordinates() {
        admit.pipe(TopicCatalogue.MUTATIONS, utf8(HERE), utf8("no avro"), header("x", "kept"));

        TestRecord<byte[], byte[]> letter = onlyLetter();
        assertThat(letter.key()).isEqualTo(utf8(HERE));
        assertThat(letter.value()).isEqualTo(utf8("no avro"));
        assertThat(text(letter, "x")).isEqualTo("kept");
        assertThat(text(letter, Headers.DEAD_REASON)).isEqualTo("no_magic_byte");
        assertThat(text(letter, Headers.DEAD_TOPIC)).isEqualTo(TopicCatalogue.MUTATIONS);
        assertThat(text(letter, Headers.DEAD_PARTITION)).isEqualTo("0");
        assertThat(text(letter, Headers.DEAD_OFFSET)).isEqualTo("0");
        assertThat(text(letter, Headers.DEAD_TIMESTAMP)).isEqualTo("" + Driver.START.toEpochMilli());
        assertThat(letter.headers().lastHeader(Headers.DEAD_TRUNCATED)).isNull();
    }

    @Test
    void goesOnAfterADeadLetter() {
        admit.pipe(TopicCatalogue.MUTATIONS, null, null);
        admit.pipe(TopicCatalogue.COMMANDS, null, null);

        assertThat(codes(admit.push(batch(HERE)))).containsExactly("accepted");
        assertThat(admit.deadLetters())
                .extracting(letter -> text(letter, Headers.DEAD_REASON))
                .hasSize(2);
    }

    @Test
    void buriesABatchWhoseKeyIsNotItsProject() {
        admit.pipe(TopicCatalogue.MUTATIONS, utf8("other"), Driver.CODEC.encodeBatch(batch(HERE)));

        assertThat(text(onlyLetter(), Headers.DEAD_REASON)).isEqualTo("key_not_project");
        assertThat(admit.outcomes()).isEmpty();
    }

    @Test
    void forwardsABatchOfAnotherPartitionAsItIs() {
        byte[] value = Driver.CODEC.encodeBatch(batch(ELSEWHERE));
        admit.pipe(TopicCatalogue.MUTATIONS, utf8(ELSEWHERE), value, header(Headers.REQUEST, "r-1"));

        TestRecord<byte[], byte[]> forwarded =
                admit.written(TopicCatalogue.MUTATIONS).get(0);
        assertThat(forwarded.key()).isEqualTo(utf8(ELSEWHERE));
        assertThat(forwarded.value()).isEqualTo(value);
        assertThat(text(forwarded, Headers.REQUEST)).isEqualTo("r-1");
        assertThat(text(forwarded, Headers.FORWARDED)).isEqualTo("1");
    }

    /** The driver has one partition only, so that what is forwarded comes back to the wrong one. */
    @Test
    void buriesABatchThatIsMisplacedTwice() {
        admit.pipe(TopicCatalogue.MUTATIONS, utf8(ELSEWHERE), Driver.CODEC.encodeBatch(batch(ELSEWHERE)));

        assertThat(text(onlyLetter(), Headers.DEAD_REASON)).isEqualTo("misplaced_twice");
        assertThat(admit.written(TopicCatalogue.MUTATIONS)).hasSize(1);
        assertThat(admit.outcomes()).isEmpty();
    }

    @Test
    void buriesACommandOfAnotherPartition() {
        admit.putProject(ELSEWHERE, "{}");

        assertThat(text(onlyLetter(), Headers.DEAD_REASON)).isEqualTo("misplaced");
    }

    @Test
    void buriesACommandOfAKindItDoesNotKnow() {
        admit.command(new ControlCommand(HERE, "project.rename", "", null, "{}"));

        assertThat(text(onlyLetter(), Headers.DEAD_REASON)).isEqualTo("unknown_command");
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000_000, 3_000_000, 40_000_000})
    void cutsAValueThatIsTooLargeForADeadLetter(int bytes) {
        admit.pipe(TopicCatalogue.MUTATIONS, utf8(HERE), new byte[bytes], header("x", "kept"));

        TestRecord<byte[], byte[]> letter = onlyLetter();
        boolean cut = bytes > 2_000_000;
        assertThat(sizeOf(letter)).isLessThanOrEqualTo(Driver.MESSAGE_BYTES_MAX);
        assertThat(text(letter, "x")).isEqualTo("kept");
        assertThat(letter.headers().lastHeader(Headers.DEAD_TRUNCATED) != null).isEqualTo(cut);
        if (cut) assertThat(text(letter, Headers.DEAD_TRUNCATED)).isEqualTo("" + bytes);
    }

    @Test
    void cutsAKeyThatIsTooLargeForADeadLetter() {
        admit.pipe(TopicCatalogue.MUTATIONS, new byte[5_000_000], utf8("no avro"));

        assertThat(sizeOf(onlyLetter())).isLessThanOrEqualTo(Driver.MESSAGE_BYTES_MAX);
    }

    @Test
    void leavesOutHeadersThatAreTooLargeForADeadLetterAndKeepsItsOwn() {
        Header[] headers = IntStream.range(0, 50)
                .mapToObj(i -> header("x" + i, "y".repeat(100_000)))
                .toArray(Header[]::new);
        admit.pipe(TopicCatalogue.MUTATIONS, utf8(HERE), utf8("no avro"), headers);

        TestRecord<byte[], byte[]> letter = onlyLetter();
        assertThat(sizeOf(letter)).isLessThanOrEqualTo(Driver.MESSAGE_BYTES_MAX);
        assertThat(text(letter, Headers.DEAD_REASON)).isEqualTo("no_magic_byte");
        assertThat(text(letter, Headers.DEAD_OFFSET)).isEqualTo("0");
    }

    /** A producer that compresses well may send more than Admit may pass on. */
    @Test
    void buriesAMisplacedBatchThatIsTooLargeToForward() {
        MutationBatch large = Push.from(new ReplicaId(ELSEWHERE, "laptop", "1"))
                .put(1, "a", "{\"text\":\"" + "x".repeat(3_000_000) + "\"}")
                .batch();
        admit.pipe(TopicCatalogue.MUTATIONS, utf8(ELSEWHERE), Driver.CODEC.encodeBatch(large));

        assertThat(text(onlyLetter(), Headers.DEAD_REASON)).isEqualTo("record_too_large");
        assertThat(admit.written(TopicCatalogue.MUTATIONS)).isEmpty();
    }

    @Test
    void leavesOutARequestIdThatNoGatewayWouldGive() {
        BatchOutcome outcome = admit.push(batch(HERE), header(Headers.REQUEST, "r".repeat(1_000_000)));

        assertThat(outcome.requestId() == null).isTrue();
        assertThat(codes(outcome)).containsExactly("accepted");
    }

    @Test
    void leavesOutATraceThatIsNone() {
        admit.push(batch(HERE), header(Headers.TRACEPARENT, "t".repeat(1_000_000)));

        TestRecord<byte[], byte[]> record = admit.written(TopicCatalogue.LOG).get(0);
        assertThat(record.headers().lastHeader(Headers.TRACEPARENT) == null).isTrue();
    }

    @Test
    void leavesOutTheRequestIdOfACommandThatNoGatewayWouldGive() {
        admit.command(new ControlCommand(HERE, ControlCommand.PROJECT_PUT, "", "r".repeat(1_500_000), "{}"));

        assertThat(admit.states().get(0).requestId() == null).isTrue();
        assertThat(admit.deadLetters()).isEmpty();
    }

    @Test
    void refusesAnInvalidPolicyBrieflyWhateverItsSize() {
        admit.putProject(HERE, "{\"" + "x".repeat(1_000_000) + "\":1}");

        assertThat(admit.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("command.refused");
            assertThat(event.body().length()).isLessThan(2_000);
            assertThat(event.body()).contains("policy_invalid");
        });
    }

    private TestRecord<byte[], byte[]> onlyLetter() {
        List<TestRecord<byte[], byte[]>> letters = admit.deadLetters();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static MutationBatch batch(String project) {
        return Push.from(new ReplicaId(project, "laptop", "1"))
                .put(1, "a", "{}")
                .batch();
    }

    /** As the producer counts it before it refuses a record. */
    private static int sizeOf(TestRecord<byte[], byte[]> record) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                (byte) 2,
                org.apache.kafka.common.compress.Compression.NONE.type(),
                record.key(),
                record.value(),
                record.headers().toArray());
    }

    private static String projectOn(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> PROJECT + i)
                .filter(project -> Partitions.of(project, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }
}
