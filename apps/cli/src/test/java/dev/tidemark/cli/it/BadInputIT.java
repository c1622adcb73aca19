package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.concurrent.atomic.AtomicLong;
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

/**
 * Input that is wrong in every way we know gets a clear answer, harms nothing, and is not in the way of what comes after it. All
 * tests share one project, and after each of them everything good that was ever pushed to it must be there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final String PROJECT = "shared";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final WireCodec CODEC = new WireCodec(new EmbeddedSchemas());

    @TempDir
    static Path home;

    private final AtomicLong goodPushes = new AtomicLong();
    private Up up;
    private ProjectApi project;
    private RawProducer producer;

    @BeforeAll
    void starts() {
        up = Up.ready(home);
        project = up.project(PROJECT);
        producer = new RawProducer(up.bootstrap());
    }

    @AfterAll
    void stops() {
        producer.close();
        up.close();
    }

    @AfterEach
    void everythingGoodIsStillThere() {
        goodPush();
        ServedCopy copy = new ServedCopy(PROJECT).readToHead(project, "entity=good&limit=1000");
        assertThat(copy.size()).isEqualTo((int) goodPushes.get());
        assertThat(ProjectLog.read(up.bootstrap(), PROJECT).defects()).isEmpty();
    }

    /** A request that is refused whole. */
    record Refused(String what, String body, int status, String code, String pointer) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                malformed("ends in the middle", "{\"replica\":\"a\",\"mutations\":["),
                malformed("no JSON at all", "hello"),
                malformed(
                        "something follows",
                        push("{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}") + "x"),
                malformed("NaN", payload("{\"n\":NaN}")),
                malformed("Infinity", payload("{\"n\":-Infinity}")),
                malformed("leading zero", payload("{\"n\":007}")),
                malformed("nested ten thousand deep", payload("[".repeat(10_000) + "]".repeat(10_000))),
                invalid("empty", "", ""),
                invalid("no object", "[]", ""),
                invalid("unknown member", "{\"replica\":\"a\",\"colour\":1,\"mutations\":[]}", "/colour"),
                invalid("member twice", "{\"replica\":\"a\",\"replica\":\"b\",\"mutations\":[]}", "/replica"),
                invalid("no replica", "{\"mutations\":[]}", "/replica"),
                invalid("no mutations", "{\"replica\":\"a\",\"mutations\":[]}", "/mutations"),
                invalid("replica that is no name", "{\"replica\":\".a\",\"mutations\":[]}", "/replica"),
                invalid("mutations that are no array", "{\"replica\":\"a\",\"mutations\":{}}", "/mutations"),
                invalid(
                        "acked_through that is no number",
                        "{\"replica\":\"a\",\"acked_through\":\"1\"}",
                        "/acked_through"),
                invalid("follows beyond 63 bits", "{\"replica\":\"a\",\"follows\":9223372036854775808}", "/follows"),
                invalid("mutation that is no object", push("7"), "/mutations/0"),
                invalid(
                        "mutation with unknown member",
                        mutation("\"op\":\"delete\",\"colour\":1"),
                        "/mutations/0/colour"),
                invalid(
                        "mutation with a member twice",
                        mutation("\"op\":\"delete\",\"op\":\"delete\""),
                        "/mutations/0/op"),
                invalid("unknown op", mutation("\"op\":\"explode\""), "/mutations/0/op"),
                invalid("op that is no string", mutation("\"op\":1"), "/mutations/0/op"),
                invalid("op and ops", mutation("\"op\":\"delete\",\"ops\":[{\"op\":\"delete\"}]"), "/mutations/0/op"),
                invalid("no op", mutation("\"create\":true"), "/mutations/0/ops"),
                invalid("unknown op in ops", mutation("\"ops\":[{\"op\":\"explode\"}]"), "/mutations/0/ops/0/op"),
                invalid("upsert without payload", mutation("\"op\":\"upsert\""), "/mutations/0/payload"),
                invalid("set without value", mutation("\"op\":\"set\",\"field\":\"f\""), "/mutations/0/value"),
                invalid("delete with payload", mutation("\"op\":\"delete\",\"payload\":{}"), "/mutations/0/payload"),
                invalid("local_seq as text", push("{\"local_seq\":\"1\",\"op\":\"delete\"}"), "/mutations/0/local_seq"),
                invalid(
                        "local_seq below zero",
                        push("{\"local_seq\":-1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}"),
                        "/mutations/0/local_seq"),
                invalid(
                        "key that is no string",
                        push("{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":7,\"op\":\"delete\"}"),
                        "/mutations/0/entity_key"),
                invalid(
                        "no key",
                        push("{\"local_seq\":1,\"entity\":\"e\",\"op\":\"delete\"}"),
                        "/mutations/0/entity_key"),
                invalid(
                        "local seqs that go back",
                        PushBody.by("a")
                                .upsert(2, "k", "{}")
                                .upsert(1, "k", "{}")
                                .toString(),
                        "/mutations/1/local_seq"),
                invalid(
                        "local seq twice",
                        PushBody.by("a")
                                .upsert(2, "k", "{}")
                                .upsert(2, "l", "{}")
                                .toString(),
                        "/mutations/1/local_seq"),
                new Refused("body of nine MiB", payload("\"" + "x".repeat(9 << 20) + "\""), 413, "too_large", ""),
                new Refused(
                        "mutation of three MiB",
                        payload("{\"x\":\"" + "x".repeat(3 << 20) + "\"}"),
                        413,
                        "too_large",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRequestThatIsWrongIsRefusedWholeWithItsPlace(Refused bad) {
        String headBefore = goodPush();
        Reply reply = project.api().post(project.at("/mutations"), bad.body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(bad.status);
        assertThat(reply.code()).isEqualTo(bad.code);
        assertThat(reply.json().path("detail").asText()).isNotEmpty();
        if (!bad.pointer.isEmpty())
            assertThat(reply.json().path("errors").path(0).path("pointer").asText())
                    .isEqualTo(bad.pointer);
        assertThat(project.head().path("cursor").asText()).isEqualTo(headBefore);
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() {
        byte[] body = payload("{\"t\":\"\u00e9\"}").getBytes(StandardCharsets.ISO_8859_1);
        Reply reply = project.api().post(project.at("/mutations"), "application/json", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("malformed_json");
    }

    @Test
    void aBodyOfAnotherContentTypeIsRefused() {
        byte[] body = payload("{}").getBytes(StandardCharsets.UTF_8);
        Reply reply = project.api().post(project.at("/mutations"), "text/plain", body);
        assertThat(reply.status()).isEqualTo(415);
    }

    /** A mutation that is rejected between two good neighbours. */
    record Rejected(String what, String mutation, String outcome, String reason) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Rejected> rejected() {
        String thirtyNine = "123456789012345678901234567890123456789";
        return Stream.of(
                rejected("key of 1,025 bytes", upsertOf("\"" + "k".repeat(1_025) + "\"", "{}"), "invalid_key"),
                rejected(
                        "key of 513 letters of two bytes",
                        upsertOf("\"" + "\u00e9".repeat(513) + "\"", "{}"),
                        "invalid_key"),
                rejected("empty key", upsertOf("\"\"", "{}"), "invalid_key"),
                rejected(
                        "entity type with a blank",
                        "\"entity\":\"no name\",\"entity_key\":\"k\",\"op\":\"delete\"",
                        "invalid_name"),
                rejected("payload that is no object", upsert("[1]"), "payload_not_object"),
                rejected("member twice in a payload", upsert("{\"a\":1,\"b\":{\"c\":1,\"c\":2}}"), "duplicate_member"),
                rejected("half a surrogate pair", upsert("{\"t\":\"\\ud800\"}"), "lone_surrogate"),
                rejected("pair the wrong way round", upsert("{\"t\":\"\\udc00\\ud800\"}"), "lone_surrogate"),
                rejected("1e401", upsert("{\"n\":1e401}"), "number_range"),
                rejected("1e-401", upsert("{\"n\":1e-401}"), "number_range"),
                rejected("39 digits", upsert("{\"n\":" + thirtyNine + "}"), "number_range"),
                rejected("a million digits", upsert("{\"n\":" + "9".repeat(1_000_000) + "}"), "number_range"),
                rejected("65 levels", upsert("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"), "too_deep"),
                rejected("time that is none", upsert("{}") + ",\"occurred_at\":\"yesterday\"", "invalid_time"),
                rejected(
                        "add to a field that is no set",
                        ops("{\"op\":\"put\",\"payload\":{\"f\":\"x\"}},{\"op\":\"add\",\"field\":\"f\",\"value\":1}"),
                        "type_mismatch"),
                rejected("add of an object", ops("{\"op\":\"add\",\"field\":\"f\",\"value\":{}}"), "type_mismatch"),
                rejected("image of 1.2 MB", upsert("{\"x\":\"" + "x".repeat(1_200_000) + "\"}"), "image_too_large"),
                rejected("query that does not parse", where("postId eq eq 5"), "query_invalid"),
                rejected("query without an end", where("type in [\\\"a\\\""), "query_invalid"),
                new Rejected("version that is stale", upsert("{}") + ",\"base_version\":77", "conflict", "stale_base"));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void aMutationThatIsWrongIsRejectedAndItsNeighboursAreNot(Rejected bad) {
        String replica = "r" + goodPushes.incrementAndGet();
        JsonNode answer = project.pushed(PushBody.by(replica)
                .mutation(good(1, replica + "-1"))
                .mutation("{\"local_seq\":2," + bad.mutation + "}")
                .mutation(good(3, replica + "-3")));
        goodPushes.incrementAndGet();
        assertThat(answer.path("results"))
                .extracting(result -> result.path("outcome").asText())
                .containsExactly("accepted", bad.outcome, "accepted");
        assertThat(answer.path("results").path(1).path("reason").asText()).isEqualTo(bad.reason);
        assertThat(answer.path("results").path(1).path("detail").asText()).isNotEmpty();
    }

    @Test
    void aMutationThatWasRejectedAnswersTheSameWhenItIsSentAgain() {
        PushBody body = PushBody.by("again").mutation("{\"local_seq\":1," + upsert("{\"n\":1e401}") + "}");
        JsonNode first = project.pushed(body);
        assertThat(project.pushed(body).path("results")).isEqualTo(first.path("results"));
    }

    @Test
    void numbersKeepEveryDigit() {
        String sent = "{\"big\":9007199254740993,\"small\":0.1234567890123456789012345678901234567,"
                + "\"one\":1.0,\"zero\":-0,\"far\":1e400}";
        String kept = "{\"big\":9007199254740993,\"far\":1e400,\"one\":1,"
                + "\"small\":0.1234567890123456789012345678901234567,\"zero\":0}";
        project.pushed(PushBody.by("numbers").upsert(1, "n", sent));
        assertThat(project.entity("note", "n").expect(200).text()).contains("\"payload\":" + kept);
        assertThat(project.pulled("entity=note").toString()).contains("9007199254740993");
        assertThat(project.pull("entity=note").text()).contains("\"payload\":" + kept);
        assertThat(printed("export", PROJECT)).contains("\"payload\":" + kept);
        assertThat(printed("export", PROJECT, "--format", "csv")).contains(",9007199254740993,1e400,");
        assertThat(printed("pull", PROJECT, "--entity", "note")).contains("\"payload\":" + kept);
        assertThat(printed("get", PROJECT, "note", "n", "--json")).contains("\"payload\":" + kept);
        assertThat(printed("get", PROJECT, "note", "n")).contains("\"far\" : 1e400,");
    }

    private String printed(String... command) {
        String[] whole = Arrays.copyOf(command, command.length + 2);
        whole[command.length] = "--server";
        whole[command.length + 1] = up.server();
        return Cli.run(whole).expectDone().out();
    }

    @Test
    void anImageThatAddsGrowStopsAtItsLimitAndGoesOnBelowIt() {
        String member = "x".repeat(150_000);
        String outcome = "accepted";
        int accepted = 0;
        JsonNode answer = Reply.JSON.createObjectNode();
        for (int i = 1; outcome.equals("accepted") && i <= 10; i++) {
            answer = project.pushed(PushBody.by("grower").add(i, "grown", "tags", "\"" + i + member + "\""));
            outcome = answer.path("results").path(0).path("outcome").asText();
            if (outcome.equals("accepted")) accepted++;
        }
        assertThat(answer.path("results").path(0).path("reason").asText()).isEqualTo("image_too_large");
        assertThat(tagsOf("grown")).hasSize(accepted);
        project.pushed(PushBody.by("grower").add(20, "grown", "tags", "\"small\""));
        assertThat(tagsOf("grown")).hasSize(accepted + 1);
    }

    @Test
    void anOriginUsedForAnotherBodyIsAConflictAndTheFirstStays() {
        PushBody first = PushBody.by("reuser").upsert(1, "once", "{\"v\":1}");
        project.pushed(first);
        JsonNode reused = project.pushed(PushBody.by("reuser").upsert(1, "once", "{\"v\":2}"))
                .path("results")
                .path(0);
        assertThat(reused.path("outcome").asText()).isEqualTo("conflict");
        assertThat(reused.path("reason").asText()).isEqualTo("origin_reused");
        assertThat(project.entity("note", "once").text()).contains("{\"v\":1}");
        assertThat(project.pushed(first).path("results").path(0).path("outcome").asText())
                .isEqualTo("duplicate");
    }

    @Test
    void anAckedThroughFarBeyondEverythingDoesNotStopTheReplica() {
        String far = Long.toString(1L << 62);
        project.pushed(PushBody.by("acker").with("acked_through", far).upsert(1, "acked", "{\"v\":1}"));
        for (int i = 2; i <= 4; i++) {
            JsonNode answer = project.pushed(
                    PushBody.by("acker").with("acked_through", far).upsert(i, "acked", "{\"v\":" + i + "}"));
            assertThat(answer.path("results").path(0).path("outcome").asText()).isEqualTo("accepted");
        }
        JsonNode old = project.pushed(PushBody.by("acker").upsert(1, "acked", "{\"v\":1}"))
                .path("results")
                .path(0);
        assertThat(old.path("outcome").asText()).isIn("duplicate", "rejected");
        assertThat(project.entity("note", "acked").text()).contains("{\"v\":4}");
    }

    @Test
    void aPushThatFollowsSomethingUndecidedIsRefusedWholeUntilThatIsDecided() {
        project.pushed(PushBody.by("follower").upsert(1, "f1", "{}"));
        PushBody third = PushBody.by("follower").with("follows", "2").upsert(3, "f3", "{}");
        Reply reply = project.push(third);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("out_of_order");
        assertThat(project.entity("note", "f3").status()).isEqualTo(404);
        project.pushed(PushBody.by("follower").with("follows", "1").upsert(2, "f2", "{}"));
        assertThat(project.pushed(third).path("results").path(0).path("outcome").asText())
                .isEqualTo("accepted");
    }

    @Test
    void aStreamThatHasABadLineTakesWhatStandsBeforeItAndSaysWhere() {
        String lines =
                streamed(1) + streamed(2) + "{\"replica\":\"s\",\"local_seq\":3,\"op\":\"explode\"}\n" + streamed(4);
        Reply reply = project.api()
                .post(project.at("/mutations"), "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8))
                .expect(200);
        List<JsonNode> answers = reply.text().lines().map(Reply::json).toList();
        assertThat(answers).hasSize(3);
        assertThat(answers.subList(0, 2))
                .allSatisfy(
                        answer -> assertThat(answer.path("outcome").asText()).isEqualTo("accepted"));
        assertThat(answers.get(2).path("problem").path("detail").asText()).contains("line 3");
        assertThat(project.entity("note", "s4").status()).isEqualTo(404);
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
        goodPush();
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
        goodPush();
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

    @Test
    void otherParametersThanThoseOfTheContractAreRefused() {
        List<Reply> replies = List.of(
                project.pull("limit=0"),
                project.pull("limit=many"),
                project.pull("limit=1&limit=2"),
                project.pull("colour=1"),
                project.pull("wait=-1"),
                project.pull("full=perhaps"),
                project.api().get(project.at("/seqs/x")),
                project.api().get(project.at("/entities/note?query=a+eq")),
                project.api().get("/v1/projects/.hidden/changes"),
                project.api().put(project.at("/targets/t"), "{\"kind\":\"spy\"}"));
        assertThat(replies).extracting(Reply::status).containsOnly(400);
        assertThat(replies).extracting(Reply::code).containsOnly("invalid_request");
    }

    /** A push that must be taken. @return the cursor of the head after it */
    private String goodPush() {
        long number = goodPushes.incrementAndGet();
        JsonNode answer = project.pushed(PushBody.by("good").mutation(good(number, "g" + number)));
        assertThat(answer.path("results").path(0).path("outcome").asText()).isEqualTo("accepted");
        return project.headCursor();
    }

    private static String good(long localSeq, String key) {
        return "{\"local_seq\":" + localSeq + ",\"entity\":\"good\",\"entity_key\":\"" + key
                + "\",\"op\":\"upsert\",\"payload\":{}}";
    }

    private static String streamed(int localSeq) {
        return "{\"replica\":\"s\",\"local_seq\":" + localSeq + ",\"entity\":\"note\",\"entity_key\":\"s" + localSeq
                + "\",\"op\":\"upsert\",\"payload\":{}}\n";
    }

    private JsonNode tagsOf(String key) {
        return project.entity("note", key)
                .expect(200)
                .json()
                .path("entities")
                .path(0)
                .path("payload")
                .path("tags");
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
        for (ConsumerRecord<byte[], byte[]> dead : ProjectLog.committed(up.bootstrap(), TopicCatalogue.DEAD_LETTERS))
            if (header(dead, Headers.DEAD_TOPIC).equals(sent.topic())
                    && header(dead, Headers.DEAD_PARTITION).equals("" + sent.partition())
                    && header(dead, Headers.DEAD_OFFSET).equals("" + sent.offset())) return dead;
        return null;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Refused malformed(String what, String body) {
        return new Refused(what, body, 400, "malformed_json", "");
    }

    private static Refused invalid(String what, String body, String pointer) {
        return new Refused(what, body, 400, "invalid_request", pointer);
    }

    private static Rejected rejected(String what, String mutation, String reason) {
        return new Rejected(what, mutation, "rejected", reason);
    }

    private static String push(String mutation) {
        return PushBody.by("a").mutation(mutation).toString();
    }

    private static String mutation(String rest) {
        return PushBody.by("a").mutation(1, "k", rest).toString();
    }

    private static String payload(String payload) {
        return PushBody.by("a").upsert(1, "k", payload).toString();
    }

    private static String upsert(String payload) {
        return upsertOf("\"k\"", payload);
    }

    private static String upsertOf(String key, String payload) {
        return "\"entity\":\"note\",\"entity_key\":" + key + ",\"op\":\"upsert\",\"payload\":" + payload;
    }

    private static String ops(String ops) {
        return "\"entity\":\"note\",\"entity_key\":\"k\",\"ops\":[" + ops + "]";
    }

    private static String where(String query) {
        return "\"op\":\"apply_where\",\"entity\":\"note\",\"query\":\"" + query
                + "\",\"ops\":[{\"op\":\"set\",\"field\":\"f\",\"value\":1}]";
    }
}
