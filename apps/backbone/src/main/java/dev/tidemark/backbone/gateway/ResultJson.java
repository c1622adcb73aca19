package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Origin;

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
