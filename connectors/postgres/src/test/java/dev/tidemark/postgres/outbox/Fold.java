package dev.tidemark.postgres.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.Applied;
import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Ops;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of mutations of one source, taken as Tidemark takes them: each origin once, in the order of arrival. */
final class Fold {
    private final Map<Long, Mutation> byLocalSeq = new HashMap<>();
    private final Map<String, Image> images = new TreeMap<>();
    private long last = -1;

    /** Takes a mutation; one that came before must be the same again. */
    void take(Mutation mutation) {
        Mutation before = byLocalSeq.putIfAbsent(mutation.localSeq(), mutation);
        if (before != null) {
            assertThat(mutation).isEqualTo(before);
            return;
        }
        assertThat(mutation.localSeq()).isGreaterThan(last);
        last = mutation.localSeq();
        Applied applied = Ops.apply(canonical(mutation.ops()), mutation.create(), images.get(mutation.key()));
        assertThat(applied.refused()).isNull();
        if (applied.after() == null) images.remove(mutation.key());
        else images.put(mutation.key(), applied.after());
    }

    /** Canonical images by key. */
    Map<String, String> images() {
        Map<String, String> texts = new TreeMap<>();
        images.forEach((key, image) -> texts.put(key, image.canonical()));
        return texts;
    }

    int mutations() {
        return byLocalSeq.size();
    }

    private static List<Op> canonical(List<Op> ops) {
        List<Op> canonical = new ArrayList<>();
        for (Op each : ops) {
            if (each instanceof Op.SetField set)
                canonical.add(new Op.SetField(set.field(), CanonicalJson.of(set.value())));
            else if (each instanceof Op.AddMember add)
                canonical.add(new Op.AddMember(add.field(), CanonicalJson.of(add.value())));
            else if (each instanceof Op.RemoveMember remove)
                canonical.add(new Op.RemoveMember(remove.field(), CanonicalJson.of(remove.value())));
            else canonical.add(each);
        }
        return canonical;
    }
}
