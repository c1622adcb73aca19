package dev.tidemark.algebra;

import dev.tidemark.model.EntityId;
import dev.tidemark.model.Op;
import dev.tidemark.model.Policy;
import dev.tidemark.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an apply_where will do (L10): the entities that match in the state at its place, in path order, each re-checked against
 * its image there; planned whole before anything is written.
 *
 * @param refused why it can only be rejected; then nothing else counts
 * @param skipped entities that match but whose ops would be rejected
 */
record FanOutPlan(@Nullable Reason refused, List<Change> changes, int matched, int skipped) {
    /** Images of one apply_where: all of them are in memory, and in one transaction. */
    static final long IMAGES_CHARS_MAX = 64L << 20;

    record Change(String path, EntityId id, @Nullable Image after, long version) {}

    static FanOutPlan of(PreparedMutation mutation, ProjectWriter writer, AdmitLimits limits) {
        Op.ApplyWhere where = Objects.requireNonNull(mutation.applyWhere());
        Query query = Objects.requireNonNull(mutation.query());
        Candidates candidates = Candidates.of(where.entity(), query, writer, limits);
        if (candidates.refused() != null) return refused(candidates.refused());
        List<Change> changes = new ArrayList<>();
        int matched = 0;
        int skipped = 0;
        long chars = 0;
        for (String path : candidates.paths()) {
            EntityState state = writer.entity(path);
            if (state == null || state.image() == null || !query.matches(state.image())) continue;
            if (++matched > limits.fanOutMax()) return refused(Reason.FANOUT_LIMIT);
            if (chars > IMAGES_CHARS_MAX) return refused(Reason.FANOUT_LIMIT);
            Applied applied = Ops.apply(where.ops(), mutation.mutation().create(), state.image());
            if (applied.isRefused()) skipped++;
            else if (!Objects.equals(applied.after(), state.image())) {
                changes.add(new Change(path, EntityPath.parse(path), applied.after(), state.version() + 1));
                chars += applied.after() == null
                        ? 0
                        : applied.after().canonical().length();
            }
        }
        return new FanOutPlan(null, changes, matched, skipped);
    }

    private static FanOutPlan refused(Reason reason) {
        return new FanOutPlan(reason, List.of(), 0, 0);
    }

    /** Paths that may match: from the index of a filterable field, else by a bounded scan; with those of this batch. */
    private record Candidates(@Nullable Reason refused, Set<String> paths) {
        static Candidates of(String entity, Query query, ProjectWriter writer, AdmitLimits limits) {
            TreeSet<String> paths = new TreeSet<>();
            String prefix = EntityPath.typePrefix(writer.project(), entity);
            for (String path : writer.written()) if (path.startsWith(prefix)) paths.add(path);
            Query.Term term = indexedTerm(entity, query, writer.view().policy());
            return term == null ? scanned(entity, paths, writer, limits) : indexed(entity, term, paths, writer, limits);
        }

        private static Query.@Nullable Term indexedTerm(String entity, Query query, Policy policy) {
            for (Query.Term term : query.terms()) {
                boolean absentMatches = term.values().stream().anyMatch(CanonicalJson::isNull);
                if (!absentMatches && policy.filterableFields(entity).contains(term.field())) return term;
            }
            return null;
        }

        /** Counted by the images at this place, so that the limit does not depend on how batches are cut (L1). */
        private static Candidates indexed(
                String entity, Query.Term term, TreeSet<String> paths, ProjectWriter writer, AdmitLimits limits) {
            int readMax = limits.scanMax() + writer.written().size() + 1;
            for (String value : term.values()) {
                List<String> hits = writer.view().pathsByField(entity, term.field(), value, readMax);
                if (hits.size() == readMax) return new Candidates(Reason.FANOUT_LIMIT, Set.of());
                paths.addAll(hits);
            }
            paths.removeIf(path -> !has(writer.entity(path), term));
            return paths.size() > limits.scanMax()
                    ? new Candidates(Reason.FANOUT_LIMIT, Set.of())
                    : new Candidates(null, paths);
        }

        private static boolean has(@Nullable EntityState state, Query.Term term) {
            if (state == null || state.image() == null) return false;
            return Filterable.valuesOf(state.image().field(term.field())).stream()
                    .anyMatch(term.values()::contains);
        }

        private static Candidates scanned(
                String entity, TreeSet<String> paths, ProjectWriter writer, AdmitLimits limits) {
            if (writer.countOf(entity) > limits.scanMax()) return new Candidates(Reason.FIELD_NOT_FILTERABLE, Set.of());
            paths.addAll(writer.view()
                    .pathsOfType(entity, limits.scanMax() + writer.written().size()));
            return new Candidates(null, paths);
        }
    }
}
