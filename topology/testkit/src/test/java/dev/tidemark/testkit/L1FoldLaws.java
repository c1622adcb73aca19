package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.algebra.Applied;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Ops;
import dev.tidemark.algebra.StatelessFold;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * L1 Fold: splitting or joining batches does not change images; the stateless fold equals applying one by one.
 *
 * <p>Without base_version: a batch whose changes to an entity cancel out leaves its version, the same mutations apart raise it.
 */
class L1FoldLaws {
    private static final Set<String> SETS = Set.of("tags");

    @Property
    void splittingABatchDoesNotChangeImages(@ForAll("mutations") List<Mutation> mutations, @ForAll long seed) {
        List<MutationBatch> joined = List.of(new MutationBatch(Histories.replica(0), null, null, mutations));
        List<MutationBatch> split = new RandomBatches(new Random(seed)).split(Histories.replica(0), mutations);
        assertThat(imagesAfter(split)).isEqualTo(imagesAfter(joined)).isEqualTo(oneByOne(mutations));
    }

    @Property
    void aBatchThatIsCarriedOutInPartsDoesNotChangeImages(
            @ForAll("mutations") List<Mutation> mutations, @ForAll @IntRange(min = 0, max = 40) int partCharsMax) {
        List<MutationBatch> batch = List.of(new MutationBatch(Histories.replica(0), null, null, mutations));
        assertThat(imagesAfter(batch, partsOf(partCharsMax))).isEqualTo(oneByOne(mutations));
    }

    @Property(tries = 2000)
    void foldedOpsDoWhatTheOpsDoOneByOne(@ForAll("ops") List<Op> ops, @ForAll("images") Image before) {
        assertSameEffect(ops, before);
    }

    @Property(tries = 2000)
    void foldedOpsCreateWhatTheOpsCreate(@ForAll("ops") List<Op> ops) {
        assertSameEffect(ops, null);
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Histories.mutations(new RandomMutations.Mix(8, 0, 4), 40);
    }

    /** None that can be rejected: members are added to sets only. */
    @Provide
    Arbitrary<List<Op>> ops() {
        Arbitrary<String> scalar = Arbitraries.of("1", "2", "\"x\"", "null");
        Arbitrary<String> set = Arbitraries.of("[]", "[1]", "[2,1,2]", "null");
        Arbitrary<String> field = Arbitraries.of("f", "g");
        return Arbitraries.<Op>oneOf(
                        Combinators.combine(field, scalar).as(Op.SetField::new),
                        Combinators.combine(field, scalar).as(Op.RemoveMember::new),
                        field.map(Op.UnsetField::new),
                        set.map(value -> new Op.SetField("tags", value)),
                        scalar.map(member -> new Op.AddMember("tags", member)),
                        scalar.map(member -> new Op.RemoveMember("tags", member)),
                        Arbitraries.<Op>of(new Op.UnsetField("tags"), new Op.Delete()),
                        images().map(image -> new Op.Put(image.canonical())))
                .list()
                .ofMinSize(1)
                .ofMaxSize(7);
    }

    @Provide
    Arbitrary<Image> images() {
        return Arbitraries.of(
                        "{}", "{\"f\":1}", "{\"f\":2,\"tags\":[1]}", "{\"g\":\"x\",\"tags\":[2,1,2]}", "{\"tags\":[]}")
                .map(Image::ofCanonical);
    }

    private static void assertSameEffect(List<Op> ops, @Nullable Image before) {
        Applied expected = Ops.apply(ops, true, before);
        assertThat(expected.isRefused()).isFalse();
        List<Op> folded = StatelessFold.fold(ops, true, SETS);
        assertThat(folded).hasSizeLessThanOrEqualTo(ops.size());
        assertThat(Ops.apply(folded, true, before)).isEqualTo(expected);
    }

    private static AdmitLimits partsOf(int partCharsMax) {
        AdmitLimits limits = AdmitLimits.DEFAULT;
        return new AdmitLimits(
                limits.recordBytesMax(), limits.fanOutMax(), limits.scanMax(), limits.originsKept(), partCharsMax);
    }

    private static Map<EntityId, String> imagesAfter(List<MutationBatch> batches) {
        return imagesAfter(batches, AdmitLimits.DEFAULT);
    }

    private static Map<EntityId, String> imagesAfter(List<MutationBatch> batches, AdmitLimits limits) {
        AlgebraModel algebra = new AlgebraModel(new Epoch(1), Policy.DEFAULT, limits);
        Map<EntityId, String> images = new HashMap<>();
        for (MutationBatch batch : batches) {
            AlgebraModel.Pushed pushed = algebra.push(batch);
            for (EntityChange change : pushed.changes()) images.put(change.id(), change.image());
        }
        images.values().removeIf(image -> image == null);
        return images;
    }

    private static Map<EntityId, String> oneByOne(List<Mutation> mutations) {
        ReferenceModel reference = new ReferenceModel(ReferenceModel.Settings.of(Histories.PROJECT), new Random(1));
        for (Mutation mutation : mutations)
            reference.push(new MutationBatch(Histories.replica(0), null, null, List.of(mutation)));
        return reference.images();
    }
}
