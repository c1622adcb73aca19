package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other programs write to the topics, and is wrong, becomes a dead letter; the stream goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRecordIT {
    private static final String PROJECT = SharedProject.NAME;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final WireCodec CODEC = new WireCodec(new EmbeddedSchemas());

    @TempDir
    static Path home;

    private SharedProject shared;
    private ProjectApi project;
    private RawProducer producer;

    @BeforeAll
    void starts() {
        shared = SharedProject.on(home);
        project = shared.api();
        producer = new RawProducer(shared.bootstrap());
    }

    @AfterAll
    void stops() {
        producer.close();
        shared.close();
    }

    @AfterEach
    void everythingGoodIsStillThere() {
        shared.checkThatEverythingGoodIsThere();
    }

    /** What lies in the topic of mutations and is none. */
    record Garbage(String what, String key, byte @Nullable [] value, String reason) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Garbage> garbage() {
        byte[] sound = CODEC.encodeBatch(batch("dead", 1, "dead"));
        byte[] unknownId = sound.clone();
        unknownId[1] = 0x7f;
        return Stream.of(
                new Garbage("text", PROJECT, "hello".getBytes(StandardCharsets.UTF_8), "no_magic_byte"),
                new Garbage("nothing", PROJECT, null, "null_value"),
                new Garbage("empty", PROJECT, new byte[0], "no_magic_byte"),
                new Garbage("schema id that is unknown", PROJECT, unknownId, "unknown_schema_id"),
                new Garbage("cut short", PROJECT, Arrays.copyOf(sound, sound.length - 3), "truncated"),
                new Garbage("with a tail", PROJECT, Arrays.copyOf(sound, sound.length + 3), "trailing_bytes"),
                new Garbage("under the key of another project", "other", sound, "key_not_project"));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbageInTheTopicBecomesADeadLetterAndTheStreamGoesOn(Garbage bad) {
        RecordMetadata sent = producer.send(TopicCatalogue.MUTATIONS, bad.key, bad.value);
        shared.goodPush();
        ConsumerRecord<byte[], byte[]> dead = awaitDeadLetter(sent);
        assertThat(header(dead, Headers.DEAD_REASON)).isEqualTo(bad.reason);
        assertThat(dead.value()).isEqualTo(bad.value);
        assertThat(new String(dead.key(), StandardCharsets.UTF_8)).isEqualTo(bad.key);
    }

    @Test
    void garbageAmongAcksAndCommandsBecomesDeadLettersToo() {
        byte[] value = "hello".getBytes(StandardCharsets.UTF_8);
        RecordMetadata ack = producer.send(TopicCatalogue.ACKS, PROJECT, value);
        RecordMetadata command = producer.send(TopicCatalogue.COMMANDS, PROJECT, value);
        assertThat(awaitDeadLetter(ack).value()).isEqualTo(value);
        assertThat(awaitDeadLetter(command).value()).isEqualTo(value);
        project.ack("still", project.headCursor()).expect(200);
    }

    @Test
    void aSoundBatchOnTheWrongPartitionIsAppliedOnce() {
        int partitions = producer.partitionsOf(TopicCatalogue.MUTATIONS);
        int wrong = (Partitions.of(PROJECT, partitions) + 1) % partitions;
        byte[] value = CODEC.encodeBatch(batch("misplaced", 1, "placed"));
        producer.send(TopicCatalogue.MUTATIONS, wrong, PROJECT, value);
        producer.send(TopicCatalogue.MUTATIONS, wrong, PROJECT, value);
        await("the batch is applied")
                .atMost(PATIENCE)
                .until(() -> project.entity("note", "placed").status() == 200);
        shared.goodPush();
        assertThat(project.entity("note", "placed")
                        .json()
                        .path("entities")
                        .path(0)
                        .path("version")
                        .asLong())
                .isOne();
    }

    @Test
    void aBatchThatIsMisplacedTwiceBecomesADeadLetter() {
        int partitions = producer.partitionsOf(TopicCatalogue.MUTATIONS);
        int wrong = (Partitions.of(PROJECT, partitions) + 1) % partitions;
        byte[] value = CODEC.encodeBatch(batch("lost", 1, "lost"));
        RecordMetadata sent = producer.send(TopicCatalogue.MUTATIONS, wrong, PROJECT, value, Headers.FORWARDED);
        assertThat(header(awaitDeadLetter(sent), Headers.DEAD_REASON)).isEqualTo("misplaced_twice");
    }

    @Test
    void theClockOfAProducerDoesNotMatter() {
        long yearMs = Duration.ofDays(365).toMillis();
        producer.sendAt(1, TopicCatalogue.MUTATIONS, PROJECT, CODEC.encodeBatch(batch("clock", 1, "in 1970")));
        producer.sendAt(
                System.currentTimeMillis() + 50 * yearMs,
                TopicCatalogue.MUTATIONS,
                PROJECT,
                CODEC.encodeBatch(batch("clock", 2, "in 50 years")));
        await("both are applied")
                .atMost(PATIENCE)
                .until(() -> project.seqs("clock").size() == 2);
        assertThat(project.pulled("entity=note&limit=1000").path("changes"))
                .filteredOn(change -> change.path("entity_key").asText().startsWith("in "))
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.path("committed_at").asText())
                        .isGreaterThan("2020")
                        .isLessThan("2070"));
    }

    private static MutationBatch batch(String replica, long localSeq, String key) {
        return new MutationBatch(
                new ReplicaId(PROJECT, replica, "0"),
                null,
                null,
                List.of(Mutation.of(localSeq, "note", key, new Op.Put("{}"))));
    }

    private ConsumerRecord<byte[], byte[]> awaitDeadLetter(RecordMetadata sent) {
        return await("the dead letter of " + sent).atMost(PATIENCE).until(() -> deadLetter(sent), dead -> dead != null);
    }

    private @Nullable ConsumerRecord<byte[], byte[]> deadLetter(RecordMetadata sent) {
        for (ConsumerRecord<byte[], byte[]> dead :
                ProjectLog.committed(shared.bootstrap(), TopicCatalogue.DEAD_LETTERS))
            if (header(dead, Headers.DEAD_TOPIC).equals(sent.topic())
                    && header(dead, Headers.DEAD_PARTITION).equals("" + sent.partition())
                    && header(dead, Headers.DEAD_OFFSET).equals("" + sent.offset())) return dead;
        return null;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
