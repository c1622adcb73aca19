package dev.tidemark.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.UsageFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditsTest {
    private static final Shape SHAPE = new Shape(7, 6, 3, 100, 10);

    @Test
    void sameSeedMakesSameEdits() {
        assertThat(all(SHAPE, 3)).isEqualTo(all(SHAPE, 3));
    }

    @Test
    void sameChunkIsTheSameWhateverWasAskedBefore() {
        Edits edits = new Edits(SHAPE);
        List<Edit> chunk = edits.chunk(12);
        edits.chunk(25);
        edits.chunk(1);

        assertThat(edits.chunk(12)).isEqualTo(chunk);
    }

    @Test
    void anotherSeedMakesAnotherOrderAndOtherImages() {
        assertThat(all(new Shape(8, 6, 3, 100, 10), 3)).isNotEqualTo(all(SHAPE, 3));
    }

    @Test
    void eachRoundTouchesEveryEntityOnce() {
        Edits edits = new Edits(SHAPE);
        for (int round = 0; round < 3; round++) {
            List<String> touched = new ArrayList<>();
            for (int i = 0; i < SHAPE.chunksPerRound(); i++)
                for (Edit edit : edits.chunk((long) round * SHAPE.chunksPerRound() + i))
                    touched.add(edit.project() + "/" + edit.key());

            assertThat(touched).hasSize(SHAPE.entitiesUsed()).doesNotHaveDuplicates();
        }
    }

    @Test
    void updatesComeInNoOrder() {
        List<Integer> entities = new Edits(new Shape(7, 6, 1, 1_000, 1_000))
                .chunk(1).stream().map(Edit::entity).toList();

        assertThat(entities).isNotEqualTo(entities.stream().sorted().toList());
    }

    @Test
    void chunkIsOfOneProject() {
        Edits edits = new Edits(SHAPE);
        for (int chunk = 0; chunk < 30; chunk++)
            assertThat(edits.chunk(chunk)).extracting(Edit::project).containsOnly(chunk % 3);
    }

    @Test
    void editAlwaysChangesTheImage() {
        Map<String, Set<String>> images = new HashMap<>();
        for (Edit edit : all(SHAPE, 4))
            assertThat(images.computeIfAbsent(edit.project() + edit.key(), key -> new HashSet<>())
                            .add(edit.image()))
                    .isTrue();
    }

    @Test
    void projectsSmallerThanAChunkAreRefused() {
        assertThatThrownBy(() -> new Shape(1, 6, 4, 300, 100)).isInstanceOf(UsageFailure.class);
    }

    private static List<Edit> all(Shape shape, int rounds) {
        Edits edits = new Edits(shape);
        List<Edit> all = new ArrayList<>();
        for (int chunk = 0; chunk < rounds * shape.chunksPerRound(); chunk++) all.addAll(edits.chunk(chunk));
        return all;
    }
}
