package dev.tidemark.model;

import java.util.List;

/**
 * One step of change to an entity's image (semantics, section 2). {@code value} and {@code payload} are JSON text: as
 * received until the algebra has made them canonical.
 */
public sealed interface Op {
    <T> T match(Cases<T> cases);

    /** One answer per variant, so that a new one breaks every caller. */
    interface Cases<T> {
        T put(Put op);

        T set(SetField op);

        T unset(UnsetField op);

        T add(AddMember op);

        T remove(RemoveMember op);

        T delete(Delete op);

        T applyWhere(ApplyWhere op);

        T unknown(Unknown op);
    }

    /** Replaces the image whole. */
    record Put(String payload) implements Op {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.put(this);
        }
    }

    /** Field = value, any JSON; null is unset. */
    record SetField(String field, String value) implements Op {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.set(this);
        }
    }

    /** The field goes. */
    record UnsetField(String field) implements Op {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unset(this);
        }
    }

    /** The scalar joins the field's set. */
    record AddMember(String field, String value) implements Op {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.add(this);
        }
    }

    /** The value leaves the field's set; a scalar field equal to it goes. */
    record RemoveMember(String field, String value) implements Op {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.remove(this);
        }
    }

    /** The entity is gone; a later op may create it again. */
    record Delete() implements Op {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.delete(this);
        }
    }

    /** The ops on every entity of the type that matches the query at this point of the log. */
    record ApplyWhere(String entity, String query, List<Op> ops) implements Op {
        public ApplyWhere {
            ops = List.copyOf(ops);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.applyWhere(this);
        }
    }

    /** What a producer sent that is no op of this version, or lacks what its op needs; always rejected for {@code reason}. */
    record Unknown(Reason reason) implements Op {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unknown(this);
        }
    }
}
