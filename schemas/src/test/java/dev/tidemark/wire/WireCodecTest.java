package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireCodecTest {
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());

    @Test
    void carriesEveryRecordThereAndBack() {
        assertThat(codec.decodeBatch(codec.encodeBatch(Samples.batch()))).isEqualTo(Samples.batch());
        assertThat(codec.decodeMeta(codec.encodeMeta(Samples.meta()))).isEqualTo(Samples.meta());
        assertThat(codec.decodeMeta(codec.encodeMeta(Samples.deleteMeta()))).isEqualTo(Samples.deleteMeta());
        assertThat(codec.decodeOutcome(codec.encodeOutcome(Samples.outcome()))).isEqualTo(Samples.outcome());
        assertThat(codec.decodeOutcome(codec.encodeOutcome(Samples.refused()))).isEqualTo(Samples.refused());
        assertThat(codec.decodeTargetEvent(codec.encodeTargetEvent(Samples.targetEvent())))
                .isEqualTo(Samples.targetEvent());
        assertThat(codec.decodeCommand(codec.encodeCommand(Samples.command()))).isEqualTo(Samples.command());
        assertThat(codec.decodeState(codec.encodeState(Samples.state()))).isEqualTo(Samples.state());
        assertThat(codec.decodeEvent(codec.encodeEvent(Samples.event()))).isEqualTo(Samples.event());
    }

    @Test
    void putsAChangeTogetherFromKeyHeaderAndValue() {
        byte[] value = codec.encodeChange(Samples.change());

        assertThat(codec.decodeChange(Samples.ENTITY, Samples.meta(), value)).isEqualTo(Samples.change());
    }

    @Test
    void hasNoValueForADelete() {
        EntityChange delete = new EntityChange(Samples.ENTITY, Samples.deleteMeta(), null);

        assertThat(codec.encodeChange(delete)).isNull();
        assertThat(codec.decodeChange(Samples.ENTITY, Samples.deleteMeta(), null))
                .isEqualTo(delete);
    }

    @Test
    void startsWithMagicByteAndSchemaId() {
        assertThat(codec.encodeMeta(Samples.meta())).startsWith(0, 0, 0, 0, 3);
    }

    @Test
    void refusesToSendWhatNoUtf8CanCarry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encodeBatch(batchOf(Mutation.of(1, "image", "\ud800", new Op.Delete()))));
    }

    @Test
    void refusesToSendAnUnknownOp() {
        Op unknown = new Op.Unknown(Reason.UNKNOWN_OP);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encodeBatch(batchOf(Mutation.of(1, "image", "k", unknown))));
    }

    @Test
    void isNotHarmedByAnEncodeThatFailedHalfWay() {
        byte[] before = codec.encodeCommand(Samples.command());
        var noBody = new dev.tidemark.model.ControlCommand("photos", "project.put", "left-over", null, null);

        assertThat(catchThrowable(() -> codec.encodeCommand(noBody))).isNotNull();

        assertThat(codec.encodeCommand(Samples.command())).isEqualTo(before);
    }

    private static MutationBatch batchOf(Mutation... mutations) {
        return new MutationBatch(Samples.REPLICA, null, null, List.of(mutations));
    }
}
