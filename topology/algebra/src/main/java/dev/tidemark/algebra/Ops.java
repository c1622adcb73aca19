package dev.tidemark.algebra;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Reason;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The effect of ops on an image (semantics, section 2). Values are canonical already. A refused op refuses all of them and
 * leaves no trace.
 */
public final class Ops {
    private Ops() {}

    /** @param before null: the entity is not there */
    public static Applied apply(Mutation canonical, @Nullable Image before) {
        return apply(canonical.ops(), canonical.create(), before);
    }

    /** @param create whether put, set and add may create an entity that is not there */
    public static Applied apply(List<Op> ops, boolean create, @Nullable Image before) {
        Image image = before;
        for (Op op : ops) {
            Applied step = op.match(new Step(image, create));
            if (step.isRefused()) return new Applied(before, step.refused());
            image = step.after();
        }
        return Applied.to(image);
    }

    /** One op on one image. */
    private record Step(@Nullable Image image, boolean create) implements Op.Cases<Applied> {
        @Override
        public Applied put(Op.Put op) {
            return image == null && !create ? Applied.to(null) : Applied.to(Image.ofCanonical(op.payload()));
        }

        @Override
        public Applied set(Op.SetField op) {
            if (CanonicalJson.isNull(op.value())) return unset(new Op.UnsetField(op.field()));
            Image base = baseOrNew();
            return base == null ? Applied.to(null) : Applied.to(base.with(op.field(), op.value()));
        }

        @Override
        public Applied unset(Op.UnsetField op) {
            return Applied.to(image == null ? null : image.without(op.field()));
        }

        @Override
        public Applied add(Op.AddMember op) {
            if (!CanonicalJson.isScalar(op.value())) return new Applied(image, Reason.TYPE_MISMATCH);
            Image base = baseOrNew();
            if (base == null) return Applied.to(null);
            String field = base.field(op.field());
            if (field == null) return Applied.to(base.with(op.field(), CanonicalJson.array(List.of(op.value()))));
            TreeSet<String> members = membersOf(field);
            if (members == null) return new Applied(image, Reason.TYPE_MISMATCH);
            members.add(op.value());
            return Applied.to(withSet(base, op.field(), members));
        }

        @Override
        public Applied remove(Op.RemoveMember op) {
            String field = image == null ? null : image.field(op.field());
            if (image == null || field == null) return Applied.to(image);
            if (field.equals(op.value()) && CanonicalJson.isScalar(field)) return Applied.to(image.without(op.field()));
            TreeSet<String> members = membersOf(field);
            if (members == null) return Applied.to(image);
            members.remove(op.value());
            return Applied.to(withSet(image, op.field(), members));
        }

        @Override
        public Applied delete(Op.Delete op) {
            return Applied.to(null);
        }

        @Override
        public Applied applyWhere(Op.ApplyWhere op) {
            return new Applied(image, Reason.INVALID_OP);
        }

        @Override
        public Applied unknown(Op.Unknown op) {
            return new Applied(image, op.reason());
        }

        private @Nullable Image baseOrNew() {
            return image == null && create ? Image.EMPTY : image;
        }

        private static Image withSet(Image image, String field, Collection<String> members) {
            return members.isEmpty() ? image.without(field) : image.with(field, CanonicalJson.array(members));
        }

        /** The scalars of a set in canonical order; null where the value is no set of scalars. */
        private static @Nullable TreeSet<String> membersOf(String value) {
            if (!CanonicalJson.isArray(value)) return null;
            TreeSet<String> members = new TreeSet<>(CanonicalJson.NAMES);
            for (String element : CanonicalJson.elements(value)) {
                if (!CanonicalJson.isScalar(element)) return null;
                members.add(element);
            }
            return members;
        }
    }
}
