package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.List;

/** Outcomes of the contract, written as they come: there are as many of them as mutations. */
final class ResultText {
    /** Of one result, about. */
    private static final int CHARS = 72;

    private ResultText() {}

    /** Outcomes as a JSON array. */
    static StringBuilder array(List<MappedOrigin> origins) {
        StringBuilder json = new StringBuilder(CHARS * (origins.size() + 1)).append('[');
        for (MappedOrigin origin : origins) {
            if (json.length() > 1) json.append(',');
            append(json, origin);
        }
        return json.append(']');
    }

    /** One mutation's outcome. */
    static void append(StringBuilder json, MappedOrigin mapped) {
        Outcome outcome = mapped.outcome();
        json.append("{\"local_seq\":").append(outcome.localSeq());
        json.append(",\"outcome\":\"").append(outcome.code()).append('"');
        if (!mapped.seq().isNone()) json.append(",\"seq\":").append(mapped.seq().value());
        if (outcome.version() > 0) json.append(",\"version\":").append(outcome.version());
        Reason reason = outcome.reason();
        Outcome.FanOut fanOut = outcome.fanOut();
        if (reason != null) append(json, reason);
        else if (fanOut != null) append(json, mapped, fanOut);
        json.append('}');
    }

    private static void append(StringBuilder json, Reason reason) {
        json.append(",\"reason\":\"").append(reason.code());
        json.append("\",\"detail\":").append(CanonicalJson.quote(reason.detail()));
    }

    private static void append(StringBuilder json, MappedOrigin mapped, Outcome.FanOut fanOut) {
        if (!mapped.firstSeq().isNone())
            json.append(",\"first_seq\":").append(mapped.firstSeq().value());
        json.append(",\"matched\":").append(fanOut.matched());
        json.append(",\"changed\":").append(fanOut.changed());
        json.append(",\"skipped\":").append(fanOut.skipped());
    }
}
