package dev.tidemark.topology;

import static dev.tidemark.topology.AdmitDriver.codes;
import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.model.Refusal;
import dev.tidemark.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about projects, decided by Admit. */
class AdmitCommandsTest {
    private AdmitDriver admit;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        admit = new AdmitDriver(stateDir);
    }

    @AfterEach
    void stop() {
        admit.close();
    }

    @Test
    void opensAProjectAndAnswersWhoeverAsked() {
        admit.putProject(PROJECT, "{\"paused\":true}");

        ControlState state = admit.states().get(0);
        assertThat(state.requestId()).isEqualTo("put");
        assertThat(state.body())
                .isEqualTo("{\"epoch\":\"" + epoch(0) + "\",\"filterable\":{},\"generation\":0,\"paused\":true,"
                        + "\"state\":\"open\"}");
        assertThat(admit.events()).extracting(LifecycleEvent::kind).containsExactly("project.created");
    }

    @Test
    void changesOnlyWhatAPolicyNames() {
        admit.putProject(PROJECT, "{\"filterable\":{\"note\":[\"a\"]}}");
        admit.putProject(PROJECT, "{\"paused\":true}");

        assertThat(admit.states().get(1).body())
                .contains("\"filterable\":{\"note\":[\"a\"]}")
                .contains("\"paused\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]",
                "{bad",
                "{\"unknown\":1}",
                "{\"paused\":1}",
                "{\"paused\":null}",
                "{\"filterable\":[]}",
                "{\"filterable\":{\"note\":\"a\"}}",
                "{\"filterable\":{\"note\":[1]}}",
                "{\"filterable\":{\"note\":[\"\"]}}",
                "{\"filterable\":{\"a/b\":[\"x\"]}}",
                "{\"paused\":true,\"paused\":false}"
            })
    void refusesWhatIsNoPolicyAndChangesNothing(String policy) {
        admit.putProject(PROJECT, policy);

        assertThat(admit.states()).isEmpty();
        assertThat(admit.events()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(LifecycleEvent.COMMAND_REFUSED);
            assertThat(event.requestId()).isEqualTo("put");
            assertThat(event.body()).contains("\"code\":\"policy_invalid\"");
        });
    }

    @Test
    void appliesWhatIsInTheTopicWhileTheProjectIsPaused() {
        admit.putProject(PROJECT, "{\"paused\":true}");

        assertThat(codes(admit.push(push().put(1, "a", "{}").batch()))).containsExactly("accepted");
    }

    @Test
    void deletesAProjectInStepsAndTellsMaterialize() {
        int entities = 2_500;
        pushEntities(entities);

        admit.deleteProject(PROJECT);

        List<EntityChange> changes = admit.changes();
        assertThat(changes).hasSize(entities).allSatisfy(change -> {
            assertThat(change.meta().op()).isEqualTo(ChangeOp.DELETE);
            assertThat(change.meta().origins()).isEmpty();
            assertThat(change.meta().epoch().hex()).isEqualTo(epoch(0));
        });
        assertThat(changes)
                .extracting(change -> change.meta().ordinal().value())
                .containsExactlyElementsOf(LongStream.rangeClosed(entities + 1, 2 * entities)
                        .boxed()
                        .toList());
        EntityChange last = changes.get(entities - 1);
        assertThat(last.meta().count()).isZero();
        assertThat(last.meta().digest()).isEqualTo(Digest.ZERO);
        assertThat(admit.written(TopicCatalogue.COMMANDS)).hasSize(4);
        assertThat(admit.outcomes()).singleElement().satisfies(notice -> {
            assertThat(notice.replica().replica()).isEmpty();
            assertThat(notice.epoch().hex()).isEqualTo(epoch(1));
            assertThat(notice.headOrdinal()).isEqualTo(last.meta().ordinal());
        });
    }

    @Test
    void tellsHowFarTheDeletionIs() {
        admit.push(push().put(1, "a", "{}").batch());
        admit.states();
        admit.events();

        admit.deleteProject(PROJECT);

        List<ControlState> states = admit.states();
        assertThat(states).extracting(ControlState::requestId).containsExactly("delete", null);
        assertThat(states.get(0).body()).contains("\"state\":\"deleting\"").contains("\"generation\":0");
        assertThat(states.get(1).body()).contains("\"state\":\"absent\"").contains("\"generation\":1");
        assertThat(admit.events())
                .extracting(LifecycleEvent::kind)
                .containsExactly("project.deleting", "project.deleted");
    }

    @Test
    void deletesExactlyOneStepOfEntitiesWithAnEmptyStepBehind() {
        pushEntities(1_000);

        admit.deleteProject(PROJECT);

        assertThat(admit.changes()).hasSize(1_000);
        assertThat(admit.outcomes()).hasSize(1);
    }

    @Test
    void beginsAnEpochWithTheNextPushAndDoesNotReuseVersions() {
        admit.push(push().put(1, "a", "{\"n\":1}").batch());
        admit.deleteProject(PROJECT);
        admit.changes();
        admit.outcomes();

        BatchOutcome outcome = admit.push(push().put(2, "a", "{\"n\":1}").batch());

        EntityChange change = admit.changes().get(0);
        assertThat(change.meta().epoch().hex()).isEqualTo(epoch(1));
        assertThat(change.meta().ordinal().value()).isEqualTo(3);
        assertThat(change.meta().version()).isEqualTo(3);
        assertThat(outcome.epoch().hex()).isEqualTo(epoch(1));
    }

    @Test
    void takesTheSameMutationsAgainAfterADeletion() {
        Push batch = push().put(1, "a", "{}");
        admit.push(batch.batch());
        admit.deleteProject(PROJECT);
        admit.outcomes();

        assertThat(codes(admit.push(batch.batch()))).containsExactly("accepted");
    }

    @Test
    void forgetsEveryReplicaOfADeletedProjectAndNoOther() {
        for (int i = 0; i < 1_500; i++) admit.push(from(PROJECT, "r" + i).batch());
        admit.push(from("p", "laptop").batch());
        Push other = from(PROJECT + "x", "laptop");
        admit.push(other.batch());

        admit.deleteProject(PROJECT);

        for (String store : List.of(Names.ORIGINS, Names.REPLICAS))
            try (var rows = admit.store(store).all()) {
                assertThat(rows)
                        .toIterable()
                        .extracting(row -> row.key)
                        .noneMatch(key -> key.toString().startsWith(PROJECT + "\\x00"))
                        .anyMatch(key -> key.toString().startsWith(PROJECT + "x\\x00"));
            }
        admit.outcomes();
        assertThat(codes(admit.push(other.batch()))).containsExactly("duplicate");
    }

    private static Push from(String project, String replica) {
        return Push.from(new dev.tidemark.model.ReplicaId(project, replica, "1"))
                .put(1, "a", "{}");
    }

    @Test
    void forgetsThePolicyOfADeletedProject() {
        admit.putProject(PROJECT, "{\"paused\":true,\"filterable\":{\"note\":[\"post\"]}}");
        admit.push(push().put(1, "a", "{\"post\":1}").batch());
        admit.deleteProject(PROJECT);
        admit.states();

        admit.putProject(PROJECT, "{}");

        assertThat(admit.states().get(0).body()).contains("\"paused\":false").contains("\"filterable\":{}");
        try (var rows = admit.store(Names.PATHS_BY_FIELD).all()) {
            assertThat(rows).toIterable().hasSize(1);
        }
    }

    @Test
    void refusesToDeleteWhatIsNotThere() {
        admit.deleteProject(PROJECT);

        assertThat(admit.states()).isEmpty();
        assertThat(admit.events().get(0).body()).contains("project_not_found");
    }

    @Test
    void leavesTheOtherProjectsOfThePartitionAlone() {
        admit.putProject("p", "{}");
        admit.push(Push.from(new dev.tidemark.model.ReplicaId("p-", "laptop", "1"))
                .put(1, "a", "{}")
                .batch());
        admit.push(Push.from(new dev.tidemark.model.ReplicaId("p.x", "laptop", "1"))
                .put(1, "a", "{}")
                .batch());
        admit.push(Push.from(new dev.tidemark.model.ReplicaId("p0", "laptop", "1"))
                .put(1, "a", "{}")
                .batch());
        admit.changes();

        admit.deleteProject("p");

        assertThat(admit.changes()).isEmpty();
    }

    @Test
    void refusesPushesAndPoliciesWhileItDeletes() {
        // The driver carries the steps out at once, so the project is left in the middle by hand.
        admit.push(push().put(1, "a", "{}").batch());
        var heads = admit.store(Names.HEADS);
        try (AdmitDriver stuck = stuckInDeletion(heads)) {
            BatchOutcome refused = stuck.push(push().put(2, "b", "{}").batch());
            stuck.putProject(PROJECT, "{}");
            stuck.deleteProject(PROJECT);

            assertThat(refused.refusal()).isEqualTo(Refusal.PROJECT_DELETING);
            assertThat(stuck.changes()).isEmpty();
            assertThat(stuck.states()).isEmpty();
            assertThat(stuck.events())
                    .extracting(LifecycleEvent::body)
                    .satisfiesExactly(
                            body -> assertThat(body).contains("project_deleting"),
                            body -> assertThat(body).contains("project_not_found"));
        }
    }

    @TempDir
    private Path other;

    private AdmitDriver stuckInDeletion(
            org.apache.kafka.streams.state.KeyValueStore<org.apache.kafka.common.utils.Bytes, byte[]> heads) {
        var key = dev.tidemark.topology.serde.Keys.of(PROJECT);
        var head = dev.tidemark.topology.serde.AdmitRows.head(heads.get(key));
        AdmitDriver stuck = new AdmitDriver(other);
        stuck.store(Names.HEADS)
                .put(
                        key,
                        dev.tidemark.topology.serde.AdmitRows.head(
                                head.with(dev.tidemark.algebra.ProjectHead.Life.DELETING)));
        return stuck;
    }

    private String epoch(long generation) {
        return admit.cluster().identity().epoch(generation).hex();
    }

    private void pushEntities(int count) {
        for (int from = 0; from < count; from += 500) {
            Push push = push();
            for (int i = from; i < Math.min(count, from + 500); i++) push.put(i, "k" + i, "{\"n\":" + i + "}");
            admit.push(push.batch());
        }
        admit.changes();
    }
}
