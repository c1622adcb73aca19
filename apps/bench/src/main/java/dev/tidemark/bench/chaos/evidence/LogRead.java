package dev.tidemark.bench.chaos.evidence;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.EntityChange;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Records of a project as committed readers of the raw log saw them.
 *
 * @param tail while servers died, in the order in which they came
 * @param whole read from the beginning when all was over, by seq
 */
public record LogRead(List<Logged> tail, NavigableMap<Long, EntityChange> whole) {
    public LogRead {
        tail = List.copyOf(tail);
        whole = Collections.unmodifiableNavigableMap(new TreeMap<>(whole));
    }

    public record Logged(long seq, EntityChange change) {
        public String path() {
            return EntityPath.of(change.id());
        }
    }
}
