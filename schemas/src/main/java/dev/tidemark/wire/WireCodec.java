package dev.tidemark.wire;

import dev.tidemark.model.EntityId;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * The records of the contract as bytes, in the Confluent wire format. Thread-safe. Every {@code decode} throws
 * {@link UndecodableException}, and nothing else, whatever the bytes are; a {@link SchemaIds} that cannot be reached
 * throws its own. Every {@code encode} throws {@link IllegalArgumentException} for a value that has no bytes.
 */
public final class WireCodec {
    private final WireType<MutationBatch> batches;
    private final WireType<EntityChange> changes;
    private final WireType<RecordMeta> metas;
    private final WireType<BatchOutcome> outcomes;
    private final WireType<TargetEvent> targetEvents;
    private final WireType<ControlCommand> commands;
    private final WireType<ControlState> states;
    private final WireType<LifecycleEvent> events;

    public WireCodec(SchemaIds ids) {
        batches = type(ids, Subjects.MUTATIONS, MutationBatch.getClassSchema());
        changes = type(ids, Subjects.LOG, EntityChange.getClassSchema());
        metas = type(ids, Subjects.LOG_META, RecordMeta.getClassSchema());
        outcomes = type(ids, Subjects.OUTCOMES, BatchOutcome.getClassSchema());
        targetEvents = type(ids, Subjects.ACKS, TargetEvent.getClassSchema());
        commands = type(ids, Subjects.COMMANDS, ControlCommand.getClassSchema());
        states = type(ids, Subjects.CONTROL, ControlState.getClassSchema());
        events = type(ids, Subjects.EVENTS, LifecycleEvent.getClassSchema());
    }

    /** Value of {@code tidemark.mutations}. */
    public byte[] encodeBatch(dev.tidemark.model.MutationBatch batch) {
        return batches.encode(BatchMapper.toAvro(batch));
    }

    public dev.tidemark.model.MutationBatch decodeBatch(byte @Nullable [] bytes) {
        return BatchMapper.toModel(batches.decode(bytes));
    }

    /** Value of {@code tidemark.log}; null on a delete. The rest of the change is in the key and the header. */
    public byte @Nullable [] encodeChange(dev.tidemark.model.EntityChange change) {
        return change.image() == null ? null : changes.encode(LogMapper.toAvro(change));
    }

    /**
     * A record of {@code tidemark.log} put together again.
     *
     * @param id from the record's key
     * @param meta from its header
     * @throws UndecodableException {@code meta_mismatch} if the three do not belong together
     */
    public dev.tidemark.model.EntityChange decodeChange(
            EntityId id, dev.tidemark.model.RecordMeta meta, byte @Nullable [] value) {
        return LogMapper.toModel(id, meta, value == null ? null : changes.decode(value));
    }

    /** Header {@code tm-meta} of {@code tidemark.log}. */
    public byte[] encodeMeta(dev.tidemark.model.RecordMeta meta) {
        return metas.encode(LogMapper.toAvro(meta));
    }

    public dev.tidemark.model.RecordMeta decodeMeta(byte @Nullable [] bytes) {
        return LogMapper.toModel(metas.decode(bytes));
    }

    /** Value of {@code tidemark.outcomes}. */
    public byte[] encodeOutcome(dev.tidemark.model.BatchOutcome outcome) {
        return outcomes.encode(OutcomeMapper.toAvro(outcome));
    }

    public dev.tidemark.model.BatchOutcome decodeOutcome(byte @Nullable [] bytes) {
        return OutcomeMapper.toModel(outcomes.decode(bytes));
    }

    /** Value of {@code tidemark.acks}. */
    public byte[] encodeTargetEvent(dev.tidemark.model.TargetEvent event) {
        return targetEvents.encode(ControlMapper.toAvro(event));
    }

    public dev.tidemark.model.TargetEvent decodeTargetEvent(byte @Nullable [] bytes) {
        return ControlMapper.toModel(targetEvents.decode(bytes));
    }

    /** Value of {@code tidemark.commands}. */
    public byte[] encodeCommand(dev.tidemark.model.ControlCommand command) {
        return commands.encode(ControlMapper.toAvro(command));
    }

    public dev.tidemark.model.ControlCommand decodeCommand(byte @Nullable [] bytes) {
        return ControlMapper.toModel(commands.decode(bytes));
    }

    /** Value of {@code tidemark.control}. */
    public byte[] encodeState(dev.tidemark.model.ControlState state) {
        return states.encode(ControlMapper.toAvro(state));
    }

    public dev.tidemark.model.ControlState decodeState(byte @Nullable [] bytes) {
        return ControlMapper.toModel(states.decode(bytes));
    }

    /** Value of {@code tidemark.events}. */
    public byte[] encodeEvent(dev.tidemark.model.LifecycleEvent event) {
        return events.encode(ControlMapper.toAvro(event));
    }

    public dev.tidemark.model.LifecycleEvent decodeEvent(byte @Nullable [] bytes) {
        return ControlMapper.toModel(events.decode(bytes));
    }

    private static <T extends SpecificRecordBase> WireType<T> type(SchemaIds ids, String subject, Schema generated) {
        return new WireType<>(ids, subject, SchemaFiles.current(generated.getName()), generated);
    }
}
