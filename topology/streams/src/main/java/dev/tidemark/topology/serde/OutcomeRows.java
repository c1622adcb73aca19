package dev.tidemark.topology.serde;

import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes inside a row: local seqs and ordinals as differences from the one before, since both mostly rise by one. */
public final class OutcomeRows {
    private static final int HAS_REASON = 1;
    private static final int HAS_FAN_OUT = 2;
    /** By their code in a row; only ever appended to. */
    private static final List<Outcome.Kind> KINDS =
            List.of(Outcome.Kind.ACCEPTED, Outcome.Kind.UNCHANGED, Outcome.Kind.REJECTED, Outcome.Kind.CONFLICT);

    private OutcomeRows() {}

    public static final class Encoder {
        private final RowWriter row;
        private long lastLocalSeq;
        private long lastOrdinal;

        public Encoder(RowWriter row) {
            this.row = row;
        }

        public void write(Outcome outcome) {
            Reason reason = outcome.reason();
            Outcome.FanOut fanOut = outcome.fanOut();
            long ordinal = outcome.ordinal().value();
            row.varlong(outcome.localSeq() - lastLocalSeq)
                    .octet(KINDS.indexOf(outcome.kind()))
                    .octet((reason == null ? 0 : HAS_REASON) | (fanOut == null ? 0 : HAS_FAN_OUT))
                    .varlong(ordinal - lastOrdinal)
                    .varlong(outcome.version());
            if (reason != null) row.text(reason.code());
            if (fanOut != null)
                row.varlong(ordinal - outcome.firstOrdinal().value())
                        .varlong(fanOut.matched())
                        .varlong(fanOut.changed())
                        .varlong(fanOut.skipped());
            lastLocalSeq = outcome.localSeq();
            lastOrdinal = ordinal;
        }
    }

    public static final class Decoder {
        private final RowReader row;
        private long lastLocalSeq;
        private long lastOrdinal;

        public Decoder(RowReader row) {
            this.row = row;
        }

        public Outcome read() {
            lastLocalSeq += row.varlong();
            Outcome.Kind kind = KINDS.get(row.octet());
            int has = row.octet();
            lastOrdinal += row.varlong();
            long version = row.varlong();
            @Nullable Reason reason = (has & HAS_REASON) == 0 ? null : Reason.ofCode(row.text());
            Ordinal ordinal = new Ordinal(lastOrdinal);
            if ((has & HAS_FAN_OUT) == 0)
                return new Outcome(lastLocalSeq, kind, false, ordinal, ordinal, version, reason, null);
            Ordinal first = new Ordinal(lastOrdinal - row.varlong());
            Outcome.FanOut fanOut = new Outcome.FanOut(row.varint(), row.varint(), row.varint());
            return new Outcome(lastLocalSeq, kind, false, ordinal, first, version, reason, fanOut);
        }
    }
}
