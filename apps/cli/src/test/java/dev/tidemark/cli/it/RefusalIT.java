package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topic.TopicSpec;
import dev.tidemark.topology.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever going on could lose something, or harm somebody else's data, the start is refused and says why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalIT {
    private static final Duration REFUSAL_MAX = Duration.ofSeconds(60);
    private static final Duration UNREACHABLE_MAX = Duration.ofSeconds(30);
    private static final int FAILED = 1;

    @TempDir
    static Path home;

    private final Random random = new Random(Seeds.next(RefusalIT.class));
    private Path worked;
    private int copies;

    /** A directory whose backbone has worked and was stopped. */
    @BeforeAll
    void works() {
        worked = home.resolve("worked");
        try (Stack stack = Stack.on(worked);
                Backbone backbone = stack.ready()) {
            ProjectApi project = new ProjectApi(
                    new Api("http://127.0.0.1:" + backbone.address().getPort()), "p");
            project.pushed(PushBody.by("a").upsert(1, "n1", "{\"v\":1}").upsert(2, "n2", "{}"));
            project.ack("reader", project.headCursor()).expect(200);
        }
    }

    @Test
    void aSecondUpOnOneDirectoryIsRefusedNamingThePid() {
        try (Up up = Up.ready(home.resolve("second"));
                Child second = up.another()) {
            int status = second.awaitExit(REFUSAL_MAX);
            assertThat(status).isEqualTo(FAILED);
            assertThat(second.err()).contains("pid " + up.child().pid()).contains("--data");
            assertThat(up.api().get("/health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsInUseIsNamedWithTheFlagThatChoosesAnother() throws IOException {
        int taken = FreePorts.neighbours(1);
        try (java.net.ServerSocket holder =
                new java.net.ServerSocket(taken, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            String http = refusedUp("--port", "" + holder.getLocalPort(), "--kafka-port", "" + FreePorts.neighbours(2));
            String kafka = refusedUp("--port", "" + FreePorts.neighbours(1), "--kafka-port", "" + taken);
            String connect = refusedUp(
                    "--port",
                    "" + FreePorts.neighbours(1),
                    "--kafka-port",
                    "" + FreePorts.neighbours(2),
                    "--connect-port",
                    "" + taken);
            assertThat(http).contains("port " + taken).contains("--port");
            assertThat(kafka).contains("port " + taken).contains("--kafka-port");
            assertThat(connect)
                    .contains("port " + taken)
                    .contains("--connect-port")
                    .contains("--no-connect");
        }
    }

    @Test
    void aDirectoryOfAnotherFormatIsLeftAlone() throws IOException {
        Path data = Files.createDirectories(home.resolve("format"));
        Files.writeString(data.resolve("VERSION"), "99\n");
        String error = refusedUp("--data", data.toString());
        assertThat(error).contains("format 99");
        assertThat(Files.readString(data.resolve("VERSION"))).isEqualTo("99\n");
    }

    @Test
    void aDirectoryOfSomeoneElseIsLeftAlone() throws IOException {
        Path data = Files.createDirectories(home.resolve("foreign"));
        Files.writeString(data.resolve("thesis.txt"), "all of it");
        String error = refusedUp("--data", data.toString());
        assertThat(error).contains("thesis.txt");
        assertThat(data.toFile().list()).containsExactly("thesis.txt");
    }

    @Test
    void aKafkaThatIsNotThereIsSaidSoWithinHalfAMinute() {
        long startNs = System.nanoTime();
        String error = refusedServe("127.0.0.1:1");
        assertThat(error).contains("kafka_unreachable").contains("127.0.0.1:1");
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(UNREACHABLE_MAX);
    }

    @Test
    void aKafkaWithoutTheTopicsIsRefusedSayingHowToMakeThem() {
        try (Stack stack = Stack.on(home.resolve("no-topics"))) {
            String error = refusedServe(stack.bootstrap());
            assertThat(error)
                    .contains("topics_missing")
                    .contains("tidemark.mutations")
                    .contains("tidemark topics create");
            assertThat(stack.topics()).noneMatch(topic -> topic.startsWith("tidemark"));
        }
    }

    @Test
    void aTopicWithTheClocksOfItsProducersIsRefused() {
        try (Stack stack = copy()) {
            stack.set(TopicCatalogue.LOG, "message.timestamp.type", "CreateTime");
            assertThat(stack.refusal())
                    .startsWith("topic_settings")
                    .contains(TopicCatalogue.LOG)
                    .contains("LogAppendTime");
        }
    }

    @Test
    void aTopicThatForgetsIsRefused() {
        try (Stack stack = copy()) {
            stack.set(TopicCatalogue.LOG, "cleanup.policy", "delete");
            assertThat(stack.refusal()).startsWith("topic_settings").contains("cleanup.policy");
        }
    }

    @Test
    void topicsOfDifferentPartitionCountsAreRefused() {
        try (Stack stack = copy()) {
            stack.addPartitions(TopicCatalogue.OUTCOMES, 2);
            assertThat(stack.refusal()).startsWith("topic_settings").contains("partitions");
        }
    }

    @Test
    void morePartitionsThanWereRecordedAreRefused() {
        try (Stack stack = copy()) {
            for (String topic : stack.topics()) if (topic.startsWith("tidemark.")) stack.addPartitions(topic, 2);
            assertThat(stack.refusal()).startsWith("state_mismatch").contains("partitions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TopicCatalogue.MUTATIONS, TopicCatalogue.LOG, TopicCatalogue.OUTCOMES, TopicCatalogue.ACKS})
    void aTopicThatWasMadeAnewIsRefused(String topic) {
        try (Stack stack = copy()) {
            recreate(stack, topic);
            // Kafka forgets the offsets of a deleted topic a little later: either they are gone, or they are behind its
            // end.
            assertThat(stack.refusal())
                    .containsAnyOf("position_lost", "state_mismatch")
                    .contains(topic);
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void positionsThatAreGoneAreRefusedAndNotSkipped(String application) {
        try (Stack stack = copy()) {
            stack.forgetPositions(application);
            assertThat(stack.refusal()).contains("position_lost").contains(application);
        }
    }

    static Stream<String> applications() {
        return Stream.of(Names.ADMIT_APP, Names.MATERIALIZE_APP);
    }

    private static List<String> changelogs(String application) {
        List<String> stores = application.equals(Names.ADMIT_APP) ? Names.ADMIT_STORES : Names.MATERIALIZE_STORES;
        return stores.stream().map(store -> Names.changelog(application, store)).toList();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void everyChangelogThatIsGoneIsNamed(String application) {
        try (Stack stack = copy()) {
            for (String changelog : changelogs(application)) {
                stack.delete(changelog);
                assertThat(stack.refusal()).startsWith("state_mismatch").contains(changelog);
            }
        }
    }

    /** Kafka Streams itself would make a lost changelog anew, empty, and go on. */
    @ParameterizedTest
    @MethodSource("applications")
    void aChangelogThatWasMadeAnewIsRefusedWithAndWithoutItsStore(String application) {
        List<String> all = changelogs(application);
        String changelog = all.get(random.nextInt(all.size()));
        try (Stack stack = copy()) {
            stack.delete(changelog);
            stack.create(new NewTopic(changelog, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
            assertThat(stack.refusal()).as(changelog).contains("state_mismatch");
            stack.forgetState();
            assertThat(stack.refusal()).as(changelog).contains("state_mismatch");
        }
    }

    /** As it happens to a user: the topic goes while the server runs, and the server is killed. */
    @ParameterizedTest
    @MethodSource("applications")
    void theNextUpAfterAChangelogWasDeletedEndsWithStatusOneAndSaysSo(String application) {
        String changelog = Names.changelog(
                application, application.equals(Names.ADMIT_APP) ? Names.ENTITIES_BY_PATH : Names.CURSORS_BY_TARGET);
        try (Up up = Up.ready(home.resolve("deleted-" + application), "partitions=1")) {
            up.project("p").pushed(PushBody.by("a").upsert(1, "n1", "{}"));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", up.bootstrap()))) {
                awaitCommitted(admin, application);
                Stack.get(admin.deleteTopics(List.of(changelog)).all());
            }
            up.kill();
            Child next = up.launch();
            assertThat(next.awaitExit(REFUSAL_MAX)).isEqualTo(FAILED);
            assertThat(next.err()).contains("state_mismatch").contains(changelog);
            assertThat(next.err().lines()).hasSize(1);
            assertThat(next.out()).doesNotContain("ready");
        }
    }

    /** Whoever refuses everything is safe and useless. */
    @Test
    void whatWasStoppedAndIsWholeStarts() {
        try (Stack stack = copy()) {
            assertThat(stack.refusal()).isEqualTo("it is ready");
            stack.forgetState();
            assertThat(stack.refusal()).isEqualTo("it is ready");
        }
    }

    private Stack copy() {
        return Stack.onCopy(worked, home.resolve("copy-" + ++copies));
    }

    /** With the settings it must have, so that only its identity is wrong. */
    private static void recreate(Stack stack, String topic) {
        TopicSpec spec = TopicCatalogue.all(TopicLimits.DEFAULTS).stream()
                .filter(each -> each.name().equals(topic))
                .findFirst()
                .orElseThrow();
        stack.delete(topic);
        stack.create(new NewTopic(topic, 1, (short) 1).configs(spec.config()));
    }

    /** Until then nothing is lost with its changelogs. Kafka Streams commits with metadata, whoever seeds first offsets does not. */
    private static void awaitCommitted(Admin admin, String application) {
        await(application + " has committed")
                .atMost(REFUSAL_MAX)
                .until(() ->
                        Stack.get(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata())
                                .values()
                                .stream()
                                .anyMatch(position -> !position.metadata().isEmpty()));
    }

    private String refusedUp(String... arguments) {
        List<String> all = new ArrayList<>(List.of("up"));
        all.addAll(List.of(arguments));
        if (!all.contains("--data"))
            all.addAll(List.of("--data", home.resolve("never").toString()));
        return refused(all);
    }

    private String refusedServe(String bootstrap) {
        return refused(List.of(
                "serve",
                "--bootstrap",
                bootstrap,
                "--port",
                "" + FreePorts.neighbours(1),
                "--data",
                home.resolve("serve").toString()));
    }

    /** @return its one line on stderr */
    private static String refused(List<String> arguments) {
        try (Child child = Child.start(home.resolve("work"), Child.COMMAND_FLAGS, arguments)) {
            assertThat(child.awaitExit(REFUSAL_MAX)).isEqualTo(FAILED);
            assertThat(child.err()).startsWith("error: ");
            assertThat(child.err().lines()).hasSize(1);
            assertThat(child.out()).isEmpty();
            return child.err();
        }
    }
}
