package dev.tidemark.wire;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Outcome.FanOut;
import dev.tidemark.model.Reason;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.model.TargetKind;
import java.util.List;

/** One rich value of every record, all members used; the golden bytes are of these. */
final class Samples {
    static final ReplicaId REPLICA = new ReplicaId("photos", "phone-1", "a");
    static final Epoch EPOCH = new Epoch(0x0123456789abcdefL);
    static final EntityId ENTITY = new EntityId("photos", "image", "a/b%é😀");
    static final String IMAGE = "{\"likes\":3,\"title\":\"Grüße 😀\"}";

    private Samples() {}

    static MutationBatch batch() {
        return new MutationBatch(
                REPLICA,
                41L,
                42L,
                List.of(
                        new Mutation(43, "image", "k1", false, 7L, "2026-11-20T10:00:00Z", everyOp()),
                        Mutation.of(44, "image", "a/b%é😀", new Op.Delete()),
                        new Mutation(50, null, null, true, null, null, List.of(applyWhere()))));
    }

    static List<Op> everyOp() {
        return List.of(
                new Op.Put("{\"title\":\"x\"}"),
                new Op.SetField("title", "\"Grüße 😀\""),
                new Op.UnsetField("likes"),
                new Op.AddMember("tags", "9007199254740993"),
                new Op.RemoveMember("tags", "true"),
                new Op.Delete());
    }

    static Op applyWhere() {
        return new Op.ApplyWhere("image", "postId eq 5", List.of(new Op.UnsetField("postId")));
    }

    static RecordMeta meta() {
        return new RecordMeta(
                EPOCH,
                new Ordinal(9),
                ChangeOp.UPSERT,
                12,
                hash(),
                new Digest(1, 2),
                5,
                new Digest(3, 4),
                1,
                List.of(new Origin("phone-1", "a", 43), new Origin("pad", "0", 0)),
                false,
                "2026-11-20T10:00:00Z");
    }

    static RecordMeta deleteMeta() {
        return new RecordMeta(
                EPOCH,
                new Ordinal(10),
                ChangeOp.DELETE,
                13,
                null,
                Digest.ZERO,
                0,
                Digest.ZERO,
                0,
                List.of(new Origin("phone-1", "a", 50)),
                true,
                null);
    }

    static EntityChange change() {
        return new EntityChange(ENTITY, meta(), IMAGE);
    }

    static BatchOutcome outcome() {
        return new BatchOutcome(
                REPLICA,
                EPOCH,
                "request-1",
                null,
                new Ordinal(20),
                41,
                List.of(
                        of(43, Outcome.Kind.ACCEPTED, false, 9, 9, 12, null, null),
                        of(44, Outcome.Kind.UNCHANGED, true, 8, 8, 3, null, null),
                        of(45, Outcome.Kind.REJECTED, false, 0, 0, 0, Reason.TYPE_MISMATCH, null),
                        of(46, Outcome.Kind.CONFLICT, false, 0, 0, 4, Reason.STALE_BASE, null),
                        of(50, Outcome.Kind.ACCEPTED, false, 20, 10, 0, null, new FanOut(12, 11, 1))));
    }

    static BatchOutcome refused() {
        return new BatchOutcome(REPLICA, EPOCH, null, Refusal.OUT_OF_ORDER, Ordinal.NONE, -1, List.of());
    }

    static TargetEvent targetEvent() {
        return new TargetEvent(
                "photos",
                "warehouse",
                TargetEvent.Kind.ACK,
                "request-2",
                TargetKind.DESTINATION,
                "b",
                List.of("image", "album"),
                "token",
                "older-token",
                3L);
    }

    static ControlCommand command() {
        return new ControlCommand("photos", ControlCommand.PROJECT_PUT, "main", "request-3", "{\"a\":1}");
    }

    static ControlState state() {
        return new ControlState("photos", ControlState.PROJECT, "main", "request-3", "{\"a\":1}");
    }

    static LifecycleEvent event() {
        return new LifecycleEvent("photos", LifecycleEvent.COMMAND_REFUSED, "main", "request-3", "{\"a\":1}");
    }

    static Hash hash() {
        byte[] bytes = new byte[Hash.BYTES];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i * 9);
        return new Hash(bytes);
    }

    private static Outcome of(
            long localSeq,
            Outcome.Kind kind,
            boolean duplicate,
            long ordinal,
            long firstOrdinal,
            long version,
            Reason reason,
            FanOut fanOut) {
        return new Outcome(
                localSeq, kind, duplicate, new Ordinal(ordinal), new Ordinal(firstOrdinal), version, reason, fanOut);
    }
}
