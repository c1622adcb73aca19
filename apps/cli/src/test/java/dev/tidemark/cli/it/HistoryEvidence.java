package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** What must be true of a server once a whole history has been pushed into it, however often, whatever happened meanwhile. */
final class HistoryEvidence {
    private final History history;
    private final ProjectApi api;
    private final String server;
    private final ProjectLog log;
    private final Map<String, Long> firstSeqs;

    HistoryEvidence(History history, Up up) {
        this.history = history;
        this.api = up.project(history.project());
        this.server = up.server();
        this.log = ProjectLog.read(up.bootstrap(), history.project());
        this.firstSeqs = log.firstSeqByPath();
    }

    ProjectLog log() {
        return log;
    }

    /** The export, projected to key, blob and mode, is the tree at the end of the history. */
    void stateIsExpected() {
        Cli.Result export =
                Cli.run("export", history.project(), "--server", server).expectDone();
        assertThat(History.exported(export.out())).isEqualTo(history.expected());
        Cli.run("verify", history.project(), "--deep", "--server", server).expectDone();
    }

    /** Ordinals are dense, digests add up, and what is served is the log's end. */
    void logIsSound() {
        JsonNode head = api.head();
        assertThat(log.defects()).isEmpty();
        assertThat(head.path("ordinal").asLong()).isEqualTo(log.bySeq().size());
        assertThat(head.path("seq").asLong()).isEqualTo(log.bySeq().lastKey());
        assertThat(head.path("digest").asText()).isEqualTo(log.digest().hex());
    }

    /**
     * Every mutation of the file has an outcome, and its seq: an accepted one that of the only record that carries it, an
     * unchanged one that of a record of its entity. No record carries anything else.
     */
    void mappingIsExact() {
        Map<Origin, Long> carried = log.seqByOrigin();
        TreeSet<String> accepted = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        history.byReplica().forEach((replica, lines) -> {
            List<JsonNode> mapped = api.seqs(replica);
            assertThat(mapped.stream().map(each -> each.path("local_seq").asLong()))
                    .as("origins of %s", replica)
                    .containsExactlyElementsOf(
                            lines.stream().map(History.Line::localSeq).toList());
            for (int i = 0; i < lines.size(); i++) {
                String problem = mismatch(lines.get(i), mapped.get(i), carried);
                if (!problem.isEmpty()) wrong.add(problem);
                if (mapped.get(i).path("outcome").asText().equals("accepted"))
                    accepted.add(ProjectLog.nameOf(replica, lines.get(i).localSeq()));
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(log.originNames()).isEqualTo(accepted);
    }

    private String mismatch(History.Line line, JsonNode mapped, Map<Origin, Long> carried) {
        Origin origin = new Origin(line.replica(), "0", line.localSeq());
        Long carrier = carried.get(origin);
        long seq = mapped.path("seq").asLong(-1);
        boolean right = switch (mapped.path("outcome").asText()) {
            case "accepted" -> carrier != null && carrier == seq && isOfEntity(line, seq);
            case "unchanged" -> carrier == null && (isOfEntity(line, seq) || isBeforeEntity(line, seq));
            default -> false;
        };
        return right ? "" : origin + ": " + mapped + ", carried by " + carrier;
    }

    private boolean isOfEntity(History.Line line, long seq) {
        return log.at(seq).id().equals(new EntityId(history.project(), line.entity(), line.key()));
    }

    /** What came and went within one batch has no record yet: the seq is that of the head. */
    private boolean isBeforeEntity(History.Line line, long seq) {
        Long first = firstSeqs.get(pathOf(line));
        return first == null || first > seq;
    }

    private String pathOf(History.Line line) {
        return EntityPath.of(history.project(), line.entity(), line.key());
    }

    /** A sample of records, asked for by seq, is what the log has there. */
    void seqsLeadBack(int sample, long seed) {
        List<Long> seqs = new ArrayList<>(log.bySeq().keySet());
        Collections.shuffle(seqs, new Random(seed));
        for (long seq : seqs.subList(0, Math.min(sample, seqs.size()))) {
            JsonNode shown = api.record(seq);
            EntityChange change = log.at(seq);
            assertThat(shown.path("ordinal").asLong())
                    .isEqualTo(change.meta().ordinal().value());
            assertThat(shown.path("path").asText()).isEqualTo(EntityPath.of(change.id()));
            assertThat(origins(shown)).isEqualTo(change.meta().origins());
        }
    }

    /** A full read shows the last record of every entity, as the log has it, and ends with the served digest. */
    void pullsShowTheLog() {
        ServedCopy copy = new ServedCopy(history.project()).readToHead(api, "limit=2000");
        Map<String, Long> shown = new HashMap<>();
        for (JsonNode change : copy.changes()) {
            EntityChange logged = log.at(change.path("seq").asLong());
            shown.put(EntityPath.of(logged.id()), change.path("seq").asLong());
            assertThat(change.path("entity_key").asText()).isEqualTo(logged.id().key());
            assertThat(change.path("op").asText()).isEqualTo(logged.meta().op().code());
            assertThat(origins(change)).isEqualTo(logged.meta().origins());
        }
        assertThat(shown).isEqualTo(log.lastSeqByPath());
        assertThat(copy.digest()).isEqualTo(copy.head().path("digest").asText());
        assertThat(copy.digest()).isEqualTo(log.digest().hex());
        assertThat(copy.size()).isEqualTo(history.expected().size());
    }

    private static List<Origin> origins(JsonNode shown) {
        List<Origin> origins = new ArrayList<>();
        for (JsonNode origin : shown.path("origins"))
            origins.add(new Origin(
                    origin.path("replica").asText(),
                    origin.path("incarnation").asText(),
                    origin.path("local_seq").asLong()));
        return origins;
    }
}
