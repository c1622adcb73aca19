package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.client.Advance;
import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.ReferenceModel;
import dev.tidemark.testkit.ReferenceReader;
import dev.tidemark.testkit.ReferenceTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The reference model as a server. */
public final class ReferenceServer implements SimulatedServer {
    private final ReferenceModel model;
    private final ReferenceReader reader;
    private final Map<ReplicaId, ReferenceTarget> targets = new HashMap<>();

    public ReferenceServer(ReferenceModel.Settings settings, Random gaps) {
        model = new ReferenceModel(settings, gaps);
        reader = new ReferenceReader(model);
    }

    @Override
    public Optional<PushAnswer> push(PushRequest request) {
        BatchOutcome outcome = model.push(request.batch());
        if (outcome.refusal() != null) return Optional.empty();
        targets.values().forEach(target -> target.passOwn(model.log()));
        return Optional.of(Answers.of(outcome, model.log(), advance(request)));
    }

    @Override
    public Optional<PulledPage> pull(@Nullable Cursor from, int rowsMax) {
        return reader.page(from, rowsMax)
                .map(page -> new PulledPage(
                        page.rows().stream().map(Answers::row).toList(), page.cursor(), page.hasMore(), page.digest()));
    }

    @Override
    public void ack(ReplicaId target, Cursor cursor) {
        targets.computeIfAbsent(target, this::created).ack(cursor, model.log());
    }

    @Override
    public void purge(CloudSeq to) {
        reader.purge(to);
    }

    @Override
    public Optional<Cursor> unified(ReplicaId target) {
        return Optional.ofNullable(targets.get(target)).map(ReferenceTarget::unified);
    }

    @Override
    public List<LogRecord> log() {
        return model.log();
    }

    @Override
    public Map<EntityId, String> images() {
        return model.images();
    }

    @Override
    public Optional<Outcome> outcome(Origin origin) {
        return Optional.ofNullable(model.outcome(origin));
    }

    private ReferenceTarget created(ReplicaId target) {
        ReferenceModel.Settings settings = model.settings();
        return new ReferenceTarget(
                target.replica(), target.incarnation(), Cursor.earliest(settings.project(), settings.epoch(), 0));
    }

    private @Nullable Advance advance(PushRequest request) {
        Cursor from = request.cursor();
        if (from == null) return null;
        ReplicaId replica = request.batch().replica();
        ReferenceTarget copy = new ReferenceTarget(replica.replica(), replica.incarnation(), from);
        copy.passOwn(model.log());
        List<LoggedRecord> passed = model.log().stream()
                .filter(record -> record.seq().isAfter(from.seq()))
                .filter(record -> !record.seq().isAfter(copy.unified().seq()))
                .map(LogRecord::logged)
                .toList();
        return Answers.advance(from, copy.unified(), passed);
    }
}
