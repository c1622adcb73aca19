package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;

/** Answers of the contract as JSON trees. */
final class ResultJson {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private ResultJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** One mutation's outcome. */
    static ObjectNode result(MappedOrigin mapped) {
        Outcome outcome = mapped.outcome();
        ObjectNode json = object().put("local_seq", outcome.localSeq()).put("outcome", outcome.code());
        if (!mapped.seq().isNone()) json.put("seq", mapped.seq().value());
        if (outcome.version() > 0) json.put("version", outcome.version());
        Reason reason = outcome.reason();
        if (reason != null) json.put("reason", reason.code()).put("detail", reason.detail());
        Outcome.FanOut fanOut = outcome.fanOut();
        if (fanOut != null && reason == null) {
            if (!mapped.firstSeq().isNone())
                json.put("first_seq", mapped.firstSeq().value());
            json.put("matched", fanOut.matched())
                    .put("changed", fanOut.changed())
                    .put("skipped", fanOut.skipped());
        }
        return json;
    }

    /** The head as a push shows it. */
    static ObjectNode head(Head head) {
        return object().put("epoch", head.epoch().hex())
                .put("seq", head.seq().value())
                .put("ordinal", head.ordinal().value())
                .put("count", head.count());
    }

    /** The head with its digest. */
    static ObjectNode headWithDigest(Head head) {
        return head(head).put("digest", head.digest().hex());
    }

    static ObjectNode advance(UnifiedCursor.Advance advance) {
        ObjectNode json =
                object().put("from", CursorToken.encode(advance.from())).put("to", CursorToken.encode(advance.to()));
        ArrayNode records = json.putArray("records");
        for (LoggedRecord record : advance.records()) records.add(record(record));
        return json;
    }

    private static ObjectNode record(LoggedRecord record) {
        ObjectNode json = object().put("seq", record.seq().value())
                .put("entity", record.id().entity())
                .put("entity_key", record.id().key())
                .put("op", record.op().code());
        Hash hash = record.hash();
        if (hash != null) json.put("hash", hash.hex());
        ArrayNode localSeqs = json.putArray("local_seqs");
        for (Origin origin : record.origins()) localSeqs.add(origin.localSeq());
        return json;
    }
}
