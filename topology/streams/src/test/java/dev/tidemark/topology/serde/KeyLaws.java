package dev.tidemark.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** The order of keys is the order of numbers, and what belongs to one name never stands among what belongs to another. */
class KeyLaws {
    @Property
    void numbersAreInOrderUpToTheLargest(
            @ForAll("names") String project, @ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long b) {
        assertSameOrder(a, b, Keys.numbered(project, a), Keys.numbered(project, b));
        assertSameOrder(a, b, Keys.timed(a, project, 0), Keys.timed(b, project, 0));
        assertSameOrder(a, b, Keys.timed(7, project, a), Keys.timed(7, project, b));
        assertSameOrder(a, b, Keys.bucketAt(project, 255, a), Keys.bucketAt(project, 255, b));
        assertThat(Keys.numbered(project, Long.MAX_VALUE)).isGreaterThanOrEqualTo(Keys.numbered(project, a));
    }

    @Property
    void localSeqsAreInOrderWithinAReplica(
            @ForAll("replicas") ReplicaId replica,
            @ForAll @LongRange(min = 0) long a,
            @ForAll @LongRange(min = 0) long b) {
        assertSameOrder(a, b, Keys.origin(replica, a), Keys.origin(replica, b));
    }

    @Property
    void theNumberOfAKeyComesBack(@ForAll("names") String project, @ForAll @LongRange(min = 0) long number) {
        assertThat(Keys.number(Keys.numbered(project, number))).isEqualTo(number);
        assertThat(Keys.number(Keys.timed(1, project, number))).isEqualTo(number);
        assertThat(Keys.projectOf(Keys.numbered(project, number))).isEqualTo(project);
    }

    @Property
    void originsOfOneReplicaNeverStandAmongThoseOfAnother(
            @ForAll("replicas") ReplicaId one,
            @ForAll("replicas") ReplicaId other,
            @ForAll @LongRange(min = 0) long localSeq) {
        if (one.equals(other)) return;
        Bytes key = Keys.origin(other, localSeq);
        boolean among = key.compareTo(Keys.origin(one, 0)) >= 0 && key.compareTo(Keys.origin(one, Long.MAX_VALUE)) <= 0;
        assertThat(among).isFalse();
    }

    @Property
    void rowsOfOneProjectNeverStandAmongThoseOfAnother(
            @ForAll("names") String one, @ForAll("names") String other, @ForAll @LongRange(min = 0) long number) {
        if (one.equals(other)) return;
        Bytes key = Keys.numbered(other, number);
        boolean among =
                key.compareTo(Keys.numbered(one, 0)) >= 0 && key.compareTo(Keys.numbered(one, Long.MAX_VALUE)) <= 0;
        assertThat(among).isFalse();
    }

    @Property
    void entitiesOfOneTypeStandBehindTheirPrefixAndNoOthersDo(
            @ForAll("ids") EntityId id, @ForAll("ids") EntityId other) {
        byte[] prefix =
                Keys.of(EntityPath.typePrefix(id.project(), id.entity())).get();
        Bytes path = Keys.of(EntityPath.of(other));
        boolean among = path.compareTo(Bytes.wrap(prefix)) >= 0 && path.compareTo(Keys.after(prefix)) < 0;
        assertThat(among).isEqualTo(other.entity().equals(id.entity()));
    }

    @Property
    void thePathBehindAnIndexedValueComesBack(
            @ForAll("ids") EntityId id, @ForAll("keys") String field, @ForAll("keys") String value) {
        byte[] prefix = Keys.indexPrefix(id.project(), id.entity(), field, value);
        Bytes key = Keys.index(id.project(), id.entity(), field, value, EntityPath.of(id));

        assertThat(Keys.suffix(key, prefix.length)).isEqualTo(EntityPath.of(id));
        assertThat(key).isGreaterThanOrEqualTo(Bytes.wrap(prefix)).isLessThan(Keys.after(prefix));
    }

    @Property
    void rowsOfAHeadStoreAreDistinct(
            @ForAll("names") String project, @ForAll("names") String entity, @ForAll @IntRange(max = 255) int bucket) {
        assertThat(List.of(
                        Keys.of(project),
                        Keys.bucket(project, bucket),
                        Keys.typeCount(project, entity),
                        Keys.digestSeen(project),
                        Keys.SENTINEL))
                .doesNotHaveDuplicates();
    }

    @Property
    void sentinelsStandAmongNoRowsOfAProject(@ForAll("names") String project) {
        assertThat(Keys.SENTINEL).isLessThan(Keys.of(project)).isLessThan(Keys.numbered(project, 0));
    }

    @Test
    void sentinelsStandBehindEveryTime() {
        assertThat(Keys.SENTINEL).isGreaterThan(Keys.timed(1L << 50, "p", Long.MAX_VALUE));
    }

    @Test
    void theEndOfAPrefixCarriesOver() {
        assertThat(Keys.after(new byte[] {1, -1})).isEqualTo(Bytes.wrap(new byte[] {2}));
    }

    @Provide
    Arbitrary<String> names() {
        return Rows.names();
    }

    @Provide
    Arbitrary<String> keys() {
        return Rows.keys();
    }

    @Provide
    Arbitrary<ReplicaId> replicas() {
        return Rows.replicas();
    }

    @Provide
    Arbitrary<EntityId> ids() {
        return Rows.ids("p");
    }

    private static void assertSameOrder(long a, long b, Bytes keyOfA, Bytes keyOfB) {
        assertThat(Integer.signum(keyOfA.compareTo(keyOfB))).isEqualTo(Long.compare(a, b));
    }
}
