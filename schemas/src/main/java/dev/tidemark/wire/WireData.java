package dev.tidemark.wire;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Avro's view of the generated classes, and of no other class. Avro loads by name only what a JVM-wide list trusts; a name
 * from a schema that somebody else wrote is never loaded here, so that list can stay as it is.
 */
final class WireData extends SpecificData {
    private static final Map<String, Class<?>> CLASSES = Stream.of(
                    BatchOutcome.class,
                    ChangeOp.class,
                    ControlCommand.class,
                    ControlState.class,
                    EntityChange.class,
                    LifecycleEvent.class,
                    Mutation.class,
                    MutationBatch.class,
                    MutationOutcome.class,
                    Op.class,
                    OpKind.class,
                    Origin.class,
                    OutcomeKind.class,
                    RecordMeta.class,
                    TargetEvent.class,
                    TargetEventKind.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    static final WireData INSTANCE = new WireData();

    private WireData() {
        super(WireData.class.getClassLoader());
        setCustomCoders(true);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the superclass
    public @Nullable Class getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> CLASSES.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }
}
