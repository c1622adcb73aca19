package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.Reason;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OpMapperTest {
    private static final dev.tidemark.model.Op INVALID = new dev.tidemark.model.Op.Unknown(Reason.INVALID_OP);
    private static final dev.tidemark.model.Op UNKNOWN = new dev.tidemark.model.Op.Unknown(Reason.UNKNOWN_OP);

    @Test
    void carriesEveryOpThereAndBack() {
        assertThat(OpMapper.toModel(OpMapper.toAvro(Samples.everyOp()))).isEqualTo(Samples.everyOp());
        assertThat(OpMapper.toModel(OpMapper.toAvro(List.of(Samples.applyWhere()))))
                .containsExactly(Samples.applyWhere());
    }

    @Test
    void takesAnOpOfALaterVersionForUnknown() {
        assertThat(model(op(OpKind.UNKNOWN, op -> {}))).isEqualTo(UNKNOWN);
    }

    @Test
    void takesAnOpThatLacksSomethingForInvalid() {
        assertThat(model(op(OpKind.PUT, op -> {}))).isEqualTo(INVALID);
        assertThat(model(op(OpKind.SET, op -> op.setField("f")))).isEqualTo(INVALID);
        assertThat(model(op(OpKind.ADD, op -> op.setValue("1")))).isEqualTo(INVALID);
        assertThat(model(op(OpKind.REMOVE, op -> {}))).isEqualTo(INVALID);
        assertThat(model(op(OpKind.UNSET, op -> {}))).isEqualTo(INVALID);
    }

    @Test
    void takesAnOpWithSomethingThatIsNotItsOwnForInvalid() {
        assertThat(model(op(OpKind.DELETE, op -> op.setField("f")))).isEqualTo(INVALID);
        assertThat(model(op(OpKind.DELETE, op -> op.setQuery("f eq 1")))).isEqualTo(INVALID);
        assertThat(model(op(OpKind.PUT, op -> {
                    op.setPayload("{}");
                    op.setField("f");
                })))
                .isEqualTo(INVALID);
        assertThat(model(op(OpKind.UNSET, op -> {
                    op.setField("f");
                    op.setValue("1");
                })))
                .isEqualTo(INVALID);
        assertThat(model(applyWhere(op -> op.setPayload("{}")))).isEqualTo(INVALID);
    }

    @Test
    void takesAMutationWithoutOpsForInvalid() {
        assertThat(OpMapper.toModel(List.of())).containsExactly(INVALID);
    }

    @Test
    void takesAnApplyWhereWithABadOpInsideForBadAsAWhole() {
        assertThat(model(applyWhere(op -> op.setOps(null)))).isEqualTo(INVALID);
        assertThat(model(applyWhere(op -> op.setOps(List.of())))).isEqualTo(INVALID);
        assertThat(model(applyWhere(op -> op.setEntity(null)))).isEqualTo(INVALID);
        assertThat(model(applyWhere(op -> op.setOps(List.of(op(OpKind.UNKNOWN, inner -> {}))))))
                .isEqualTo(UNKNOWN);
        assertThat(model(applyWhere(op -> op.setOps(List.of(applyWhere(inner -> {}))))))
                .isEqualTo(INVALID);
    }

    @Test
    void costsABadOpItsPlaceOnlyAndNotTheOthers() {
        List<Op> ops = List.of(op(OpKind.UNKNOWN, op -> {}), op(OpKind.DELETE, op -> {}));

        assertThat(OpMapper.toModel(ops)).containsExactly(UNKNOWN, new dev.tidemark.model.Op.Delete());
    }

    private static dev.tidemark.model.Op model(Op op) {
        return OpMapper.toModel(List.of(op)).get(0);
    }

    private static Op applyWhere(Consumer<Op> change) {
        return op(OpKind.APPLY_WHERE, op -> {
            op.setEntity("image");
            op.setQuery("postId eq 5");
            op.setOps(List.of(op(OpKind.DELETE, inner -> {})));
            change.accept(op);
        });
    }

    private static Op op(OpKind kind, Consumer<Op> change) {
        Op op = new Op();
        op.setOp(kind);
        change.accept(op);
        return op;
    }
}
