package dev.tidemark.bench.chaos.rule;

import dev.tidemark.algebra.Applied;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Ops;
import dev.tidemark.algebra.Query;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.Sent;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * L10 and the sense of it all: each image of the log is what its mutations make of the image before, and an apply_where, which was
 * pushed in a batch of its own, changed exactly the entities that matched.
 */
final class LogIsFold implements Rule {
    @Override
    public String law() {
        return "L1, L10";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        Fold fold = new Fold(evidence);
        evidence.log().whole().forEach(fold::take);
        fold.endFanOut();
        return fold.found;
    }

    private static final class Fold {
        private final Evidence evidence;
        private final List<String> found = new ArrayList<>();
        private final Map<String, Image> images = new TreeMap<>();
        private @Nullable Origin fanOut;
        private Set<String> expected = Set.of();

        Fold(Evidence evidence) {
            this.evidence = evidence;
        }

        void take(long seq, EntityChange change) {
            String path = Superseded.pathOf(change);
            List<Origin> origins = change.meta().origins();
            if (!origins.get(0).equals(fanOut)) endFanOut();
            Image image = images.get(path);
            for (Origin origin : origins) {
                Sent sent = evidence.pushed().sent().get(origin);
                if (sent == null) return;
                image = after(sent, path, image);
            }
            Image logged = change.image() == null ? null : Image.ofCanonical(change.image());
            if (!Objects.equals(logged, image))
                found.add(
                        "the image of " + path + " at " + seq + " is not what " + origins + " make of the one before");
            if (logged == null) images.remove(path);
            else images.put(path, logged);
        }

        private @Nullable Image after(Sent sent, String path, @Nullable Image before) {
            Mutation mutation = sent.mutation();
            if (!(mutation.ops().get(0) instanceof Op.ApplyWhere where))
                return Ops.apply(mutation, before).after();
            if (!sent.origin().equals(fanOut)) beginFanOut(sent.origin(), where);
            if (!expected.remove(path)) found.add(sent.origin() + " changed " + path + ", which it should not");
            return Ops.apply(where.ops(), false, before).after();
        }

        private void beginFanOut(Origin origin, Op.ApplyWhere where) {
            Query query = Query.parse(where.query());
            String prefix = EntityPath.typePrefix(evidence.project(), where.entity());
            fanOut = origin;
            expected = new HashSet<>();
            images.forEach((path, image) -> {
                if (!path.startsWith(prefix) || !query.matches(image)) return;
                Applied applied = Ops.apply(where.ops(), false, image);
                if (!applied.isRefused() && !Objects.equals(image, applied.after())) expected.add(path);
            });
        }

        /** What it should have changed has records before any other mutation has. */
        void endFanOut() {
            for (String path : expected) found.add(fanOut + " did not change " + path + ", which matched");
            fanOut = null;
            expected = Set.of();
        }
    }
}
