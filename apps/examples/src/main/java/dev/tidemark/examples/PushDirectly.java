package dev.tidemark.examples;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.ReplicaId;
import java.time.Duration;
import java.util.List;

/**
 * Pushes a batch straight to Kafka and waits for what became of it. Arguments: bootstrap servers and a project. Run it twice: the
 * second time everything is a duplicate, because replica, incarnation and local seqs are the same.
 */
public final class PushDirectly {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PushDirectly() {}

    public static void main(String[] args) {
        String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:19092";
        ReplicaId replica = new ReplicaId(args.length > 1 ? args[1] : "notes", "direct-1", "b1");
        MutationBatch first = batch(
                replica,
                Mutation.of(1, "note", "d1", new Op.Put("{\"title\":\"straight to Kafka\",\"stars\":4}")),
                Mutation.of(2, "note", "d1", new Op.AddMember("tags", "\"kafka\"")),
                Mutation.of(3, "note", "d2", new Op.Put("{\"title\":\"not for long\"}")));
        MutationBatch second = batch(
                replica,
                Mutation.of(4, "note", "d2", new Op.Delete()),
                Mutation.of(5, "image", "i1", new Op.SetField("width", "640")));
        try (DirectProducer producer = new DirectProducer(bootstrap)) {
            producer.push(first, PATIENCE).outcomes().forEach(PushDirectly::print);
            producer.push(second, PATIENCE).outcomes().forEach(PushDirectly::print);
        }
    }

    private static MutationBatch batch(ReplicaId replica, Mutation... mutations) {
        return new MutationBatch(replica, null, null, List.of(mutations));
    }

    private static void print(Outcome outcome) {
        System.out.printf(
                "local_seq %d  %s  version %d  ordinal %d%n",
                outcome.localSeq(),
                outcome.code(),
                outcome.version(),
                outcome.ordinal().value());
    }
}
