package dev.tidemark.topology;

import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.ControlState;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.ChangeRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes with time: tombstones past the horizon, the mapping of what is superseded, bucket history. */
class MaterializeExpiryTest {
    private static final Duration BEFORE = Duration.ofDays(29);
    private static final Duration PAST = Duration.ofDays(31);

    private Pipeline pipeline;
    private MaterializeDriver materialize;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        pipeline = new Pipeline(stateDir);
        materialize = pipeline.materialize();
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void purgesATombstonePastTheHorizonAndRaisesAndPublishesIt() {
        pipeline.push(push().put(1, "a", "{}").delete(2, "x").batch());
        pipeline.push(push().delete(3, "a").batch());
        pipeline.push(push().put(4, "b", "{}").batch());

        materialize.advance(PAST);

        assertThat(materialize.rows()).extracting(ChangeRow::key).containsExactly("b");
        assertThat(materialize.head(PROJECT).horizon()).isEqualTo(new CloudSeq(1));
        assertThat(materialize.store(Names.SEQS_BY_PATH).get(Keys.of("p/note/a")))
                .isNull();
        assertThat(materialize.count(Names.TOMBSTONES_BY_TIME)).isZero();
        List<ControlState> states = materialize.states();
        assertThat(states).singleElement().satisfies(state -> {
            assertThat(state.key()).isEqualTo("p/horizon/log");
            assertThat(state.body())
                    .isEqualTo(
                            "{\"epoch\":\"" + materialize.head(PROJECT).epoch().hex() + "\",\"seq\":1}");
        });
    }

    @Test
    void keepsATombstoneWithinTheHorizon() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.push(push().delete(2, "a").put(3, "b", "{}").batch());

        materialize.advance(BEFORE);

        assertThat(materialize.rows()).hasSize(2);
        assertThat(materialize.head(PROJECT).horizon().isNone()).isTrue();
        assertThat(materialize.states()).isEmpty();
    }

    @Test
    void neverPurgesTheHeadRow() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.push(push().delete(2, "a").batch());

        materialize.advance(PAST);

        assertThat(materialize.rows()).extracting(row -> row.seq().value()).containsExactly(1L);
        assertThat(materialize.head(PROJECT).horizon().isNone()).isTrue();
    }

    @Test
    void purgesWhatWasTheHeadRowOnceItIsNot() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.push(push().delete(2, "a").batch());
        pipeline.advance(PAST);
        pipeline.push(push().put(3, "b", "{}").batch());

        materialize.advance(Duration.ofMinutes(1));

        assertThat(materialize.rows()).extracting(ChangeRow::key).containsExactly("b");
        assertThat(materialize.head(PROJECT).horizon()).isEqualTo(new CloudSeq(1));
    }

    @Test
    void purgesNoEntityThatWasCreatedAgain() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.push(push().delete(2, "a").batch());
        pipeline.push(push().put(3, "a", "{\"n\":1}").batch());

        materialize.advance(PAST);

        assertThat(materialize.rows()).extracting(ChangeRow::isLive).containsExactly(true);
        assertThat(materialize.head(PROJECT).horizon().isNone()).isTrue();
    }

    @Test
    void goesOnWithRecordsBehindAPurge() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.push(push().delete(2, "a").put(3, "b", "{}").batch());
        pipeline.advance(PAST);

        BatchAnswer answer = pipeline.push(push().put(4, "a", "{}").batch());

        assertThat(answer.head().count()).isEqualTo(2);
        assertThat(answer.head().horizon()).isEqualTo(new CloudSeq(1));
    }

    @Test
    void dropsTheMappingOfSupersededRecordsAndKeepsThatOfTheLast() {
        pipeline.push(push().put(1, "a", "{\"n\":1}").batch());
        pipeline.push(push().put(2, "a", "{\"n\":2}").batch());
        pipeline.push(push().put(3, "b", "{}").batch());
        pipeline.advance(PAST);
        pipeline.push(push().put(4, "c", "{}").batch());

        materialize.advance(Duration.ofMinutes(1));

        assertThat(materialize.count(Names.RECORDS_BY_ORDINAL)).isEqualTo(3);
    }

    @Test
    void answersADuplicateOfASupersededRecordStillWithItsSeq() {
        pipeline.push(push().put(1, "a", "{\"n\":1}").batch());
        pipeline.push(push().put(2, "a", "{\"n\":2}").batch());
        pipeline.advance(PAST);
        pipeline.advance(PAST);

        BatchAnswer again = pipeline.push(push().put(1, "a", "{\"n\":1}").batch());

        assertThat(again.outcomes().get(0).seq()).isEqualTo(new CloudSeq(0));
    }

    @Test
    void dropsTheOutcomesOfWhatIsAckedAndPastItsRetention() {
        for (int i = 1; i <= 3; i++)
            pipeline.push(push().put(i, "a", "{\"n\":" + i + "}").batch());
        pipeline.advance(PAST);

        pipeline.push(push().ackedThrough(2).put(4, "a", "{\"n\":4}").batch());

        assertThat(materialize.count(Names.OUTCOMES_BY_ORIGIN)).isEqualTo(2);
    }

    @Test
    void keepsTheOutcomesOfWhatIsAckedWithinTheRetention() {
        for (int i = 1; i <= 3; i++)
            pipeline.push(push().put(i, "a", "{\"n\":" + i + "}").batch());
        pipeline.advance(BEFORE);

        pipeline.push(push().ackedThrough(2).put(4, "a", "{\"n\":4}").batch());

        assertThat(materialize.count(Names.OUTCOMES_BY_ORIGIN)).isEqualTo(4);
    }

    @Test
    void dropsTheOutcomesOfADeletedProjectAndMapsThoseAfterIt() {
        pipeline.push(push().put(1, "a", "{\"n\":1}").put(2, "b", "{}").batch());
        pipeline.deleteProject(PROJECT);
        pipeline.readLog();
        pipeline.readOutcomes();

        BatchAnswer again = pipeline.push(push().put(1, "a", "{\"n\":1}").batch());
        materialize.advance(Duration.ofMinutes(1));

        assertThat(again.outcomes().get(0).outcome().code()).isEqualTo("accepted");
        assertThat(again.outcomes().get(0).seq()).isEqualTo(new CloudSeq(4));
        assertThat(materialize.count(Names.OUTCOMES_BY_ORIGIN)).isEqualTo(1);
    }

    @Test
    void keepsTheLastStateOfEachBucketThatIsOlderThanTheRetention() {
        for (int i = 1; i <= 4; i++)
            pipeline.push(push().put(i, "a", "{\"n\":" + i + "}").batch());
        pipeline.advance(PAST);
        pipeline.push(push().put(5, "a", "{\"n\":5}").batch());

        materialize.advance(Duration.ofMinutes(1));

        assertThat(materialize.count(Names.BUCKETS_BY_SEQ)).isEqualTo(2);
    }
}
