package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules A and B. Record n has ordinal n and seq 10 n. */
class UnifiedCursorTest {
    @ParameterizedTest
    @CsvSource({"-1, 30, 30", "20, 30, 30", "30, 30, 30", "40, 30, 40", "40, -1, 40"})
    void ruleATakesWhatIsFurtherOn(long stored, long acked, long then) {
        assertThat(UnifiedCursor.acked(cursor(stored, true), cursor(acked, true))
                        .seq()
                        .value())
                .isEqualTo(then);
    }

    @Test
    void ruleATakesTheSamePlaceWhereTheAckIsComplete() {
        assertThat(UnifiedCursor.acked(cursor(-1, false), cursor(-1, true)).complete())
                .isTrue();
        assertThat(UnifiedCursor.acked(cursor(-1, true), cursor(-1, false)).complete())
                .isTrue();
    }

    @Test
    void ruleATakesACursorThatIsNotComplete() {
        assertThat(UnifiedCursor.acked(cursor(20, true), cursor(30, false)).complete())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // records from ordinal 3 on, cursor at 2: o own, a own by an apply_where, x another's, m of both, i another
        // incarnation
        "ooo, true, 5",
        "oxo, true, 3",
        "xoo, true, 2",
        "oao, true, 3",
        "omo, true, 3",
        "oio, true, 3",
        "o-o, true, 3", // unknown
        "ooo, false, 2"
    })
    void ruleBPassesOwnRecordsAndStopsAtAnyOther(String records, boolean complete, long ordinal) {
        Cursor from = new Cursor("p", new Epoch(1), new CloudSeq(20), new Ordinal(2), complete, CloudSeq.NONE, 7);
        Map<Ordinal, LoggedRecord> log = new HashMap<>();
        for (int i = 0; i < records.length(); i++)
            if (records.charAt(i) != '-') log.put(new Ordinal(3 + i), record(3 + i, records.charAt(i)));

        UnifiedCursor.Advance advance = UnifiedCursor.advance(from, "me", "1", log::get);

        assertThat(advance.to().ordinal().value()).isEqualTo(ordinal);
        assertThat(advance.to().seq().value()).isEqualTo(10 * ordinal);
        assertThat(advance.to().complete()).isEqualTo(complete);
        assertThat(advance.to().filterHash()).isEqualTo(7);
        assertThat(advance.records()).hasSize((int) (ordinal - 2));
    }

    @Test
    void ruleBPassesABoundedNumberOfRecordsAtATime() {
        Cursor at = UnifiedCursor.extended(cursor(-1, true), "me", "1", ordinal -> record(ordinal.value(), 'o'), null);

        assertThat(at.ordinal().value()).isEqualTo(UnifiedCursor.STEPS_MAX);
    }

    @Test
    void ruleBPassesNoRecordOfADeletedProject() {
        LoggedRecord nobodys = new LoggedRecord(
                new CloudSeq(10), new Ordinal(1), new EntityId("p", "n", "k"), ChangeOp.DELETE, null, List.of(), false);

        assertThat(UnifiedCursor.advance(cursor(-1, true), "me", "1", ordinal -> nobodys)
                        .isEmpty())
                .isTrue();
    }

    private static Cursor cursor(long seq, boolean complete) {
        Ordinal ordinal = new Ordinal(Math.max(0, seq / 10));
        return new Cursor("p", new Epoch(1), new CloudSeq(seq), ordinal, complete, CloudSeq.NONE, 0);
    }

    private static LoggedRecord record(long ordinal, char whose) {
        Origin mine = new Origin("me", "1", ordinal);
        Origin other = new Origin("you", "1", ordinal);
        Origin[] origins = switch (whose) {
            case 'x' -> new Origin[] {other};
            case 'm' -> new Origin[] {mine, other};
            case 'i' -> new Origin[] {new Origin("me", "2", ordinal)};
            default -> new Origin[] {mine};
        };
        return new LoggedRecord(
                new CloudSeq(10 * ordinal),
                new Ordinal(ordinal),
                new EntityId("p", "n", "k"),
                ChangeOp.DELETE,
                null,
                Arrays.asList(origins),
                whose == 'a');
    }
}
