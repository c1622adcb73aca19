package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.AlgebraModel;
import dev.tidemark.testkit.ChangeIndex;
import dev.tidemark.testkit.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The algebra as a server: admission, page rules and unified cursors over maps, with nothing in between. */
public final class AlgebraServer implements SimulatedServer {
    /** Seqs are sparse: between two records up to so many others. */
    private static final int GAP_MAX = 4;

    private final String project;
    private final Epoch epoch = new Epoch(1);
    private final Random gaps;
    private final CursorRule rule;
    private final AlgebraModel admit;
    private final List<LogRecord> log = new ArrayList<>();
    private final ChangeIndex index = new ChangeIndex();
    private final Map<Origin, Outcome> outcomes = new HashMap<>();
    private final Map<ReplicaId, Cursor> targets = new HashMap<>();

    public AlgebraServer(String project, Random gaps) {
        this(project, gaps, CursorRule.RULE_B);
    }

    public AlgebraServer(String project, Random gaps, CursorRule rule) {
        this.project = project;
        this.gaps = gaps;
        this.rule = rule;
        this.admit = new AlgebraModel(epoch, Policy.DEFAULT, AdmitLimits.DEFAULT);
    }

    @Override
    public Optional<PushAnswer> push(PushRequest request) {
        ReplicaId replica = request.batch().replica();
        AlgebraModel.Pushed pushed = admit.push(request.batch());
        pushed.changes().forEach(this::commit);
        if (pushed.outcome().refusal() != null) return Optional.empty();
        for (Outcome outcome : pushed.outcome().outcomes())
            outcomes.putIfAbsent(replica.origin(outcome.localSeq()), outcome);
        return Optional.of(Answers.of(pushed.outcome(), log, advance(request)));
    }

    @Override
    public Optional<PulledPage> pull(@Nullable Cursor from, int rowsMax) {
        Cursor start = from == null ? beginning() : from;
        if (index.isExpired(start)) return Optional.empty();
        PageRules.Page<ChangeIndex.Row> page = index.page(start, rowsMax, Set.of());
        List<PulledPage.Row> rows =
                page.rows().stream().map(row -> Answers.row(row.record())).toList();
        return Optional.of(new PulledPage(rows, page.cursor(), page.hasMore(), page.digest()));
    }

    @Override
    public void ack(ReplicaId target, Cursor cursor) {
        Cursor stored = targets.getOrDefault(target, Cursor.earliest(project, epoch, 0));
        targets.put(target, extended(target, UnifiedCursor.acked(stored, cursor)));
    }

    @Override
    public void purge(CloudSeq to) {
        index.purge(to);
    }

    @Override
    public Optional<Cursor> unified(ReplicaId target) {
        return Optional.ofNullable(targets.get(target));
    }

    @Override
    public List<LogRecord> log() {
        return log;
    }

    @Override
    public Map<EntityId, String> images() {
        Map<EntityId, String> images = new HashMap<>();
        for (ChangeIndex.Row row : index.rows()) {
            String image = row.record().image();
            if (image != null) images.put(row.record().id(), image);
        }
        return images;
    }

    @Override
    public Optional<Outcome> outcome(Origin origin) {
        return Optional.ofNullable(outcomes.get(origin));
    }

    private Cursor extended(ReplicaId target, Cursor stored) {
        return rule.extended(target, stored, log);
    }

    private void commit(EntityChange change) {
        long last = log.isEmpty() ? -1 : log.get(log.size() - 1).seq().value();
        LogRecord record = new LogRecord(new CloudSeq(last + 1 + gaps.nextInt(GAP_MAX)), change);
        log.add(record);
        index.add(record);
        targets.replaceAll(this::extended);
    }

    private Cursor beginning() {
        return new Cursor(project, epoch, CloudSeq.NONE, Ordinal.NONE, false, index.head(), 0);
    }

    private dev.tidemark.algebra.client.@Nullable Advance advance(PushRequest request) {
        Cursor from = request.cursor();
        if (from == null) return null;
        ReplicaId replica = request.batch().replica();
        UnifiedCursor.Advance advance =
                UnifiedCursor.advance(from, replica.replica(), replica.incarnation(), this::recordAt);
        return Answers.advance(advance.from(), advance.to(), advance.records());
    }

    private @Nullable LoggedRecord recordAt(Ordinal ordinal) {
        int at = (int) ordinal.value() - 1;
        return at < log.size() ? log.get(at).logged() : null;
    }
}
