package dev.tidemark.topology.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import org.junit.jupiter.api.Test;

/** A log that is written anew can be checked from its first record on, and names no record of before. */
class ReemissionTest {
    private static final Image IMAGE = Image.ofCanonical("{\"v\":1}");
    private static final EntityState STATE = new EntityState(IMAGE, Hashes.image(IMAGE.canonical()), 9, new Ordinal(3));
    private static final Digest ONE = Hashes.entry("p/note/a", Hashes.image(IMAGE.canonical()));
    private static final Digest TWO = Hashes.entry("p/note/b", Hashes.image(IMAGE.canonical()));

    private final ProjectHead before =
            new ProjectHead(new Ordinal(12), new BucketState(ONE.plus(TWO), 2), 4, 1, ProjectHead.Life.OPEN);
    private final Reemission reemission = new Reemission(before, new Epoch(5));

    @Test
    void ordinalsGoOnAboveThoseOfBefore() {
        assertThat(reemission.next("p/note/a", STATE).meta().ordinal()).isEqualTo(new Ordinal(13));
        assertThat(reemission.next("p/note/b", STATE).meta().ordinal()).isEqualTo(new Ordinal(14));
        assertThat(reemission.head().ordinal()).isEqualTo(new Ordinal(14));
    }

    @Test
    void digestsBeginAtNothingAndEndAtThatOfBefore() {
        assertThat(reemission.next("p/note/a", STATE).meta().digest()).isEqualTo(ONE);
        assertThat(reemission.next("p/note/b", STATE).meta().digest())
                .isEqualTo(before.total().digest());
        assertThat(reemission.head().total()).isEqualTo(before.total());
    }

    @Test
    void versionsStayAndNobodyIsTheOrigin() {
        EntityChange change = reemission.next("p/note/a", STATE);
        assertThat(change.meta().version()).isEqualTo(9);
        assertThat(change.meta().origins()).isEmpty();
        assertThat(change.meta().epoch()).isEqualTo(new Epoch(5));
        assertThat(change.image()).isEqualTo("{\"v\":1}");
    }

    @Test
    void aProjectWithoutEntitiesKeepsItsHead() {
        ProjectHead empty = new ProjectHead(new Ordinal(7), BucketState.EMPTY, 4, 1, ProjectHead.Life.ABSENT);
        assertThat(new Reemission(empty, new Epoch(5)).head()).isEqualTo(empty);
    }
}
