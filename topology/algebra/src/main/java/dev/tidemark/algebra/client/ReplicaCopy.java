package dev.tidemark.algebra.client;

import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.PreparedMutation;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replica's copy of a project and the numbered steps of semantics section 6 that change it. Each method is one local
 * transaction: whoever keeps it on a disk writes all that a method changed, or nothing, before acting on what it returned.
 *
 * <p>Invariants: the base changes by pages and advances only, never by an outcome alone; what may have been sent is never
 * changed before its outcome; one push request at a time; the cursor moves only from where a page or an advance was cut.
 */
public final class ReplicaCopy {
    private static final long NOTHING_DECIDED = -1;

    private ReplicaId id;
    private long nextLocalSeq = 1;
    /** Highest decided local seq of this incarnation: pushes take the oldest, so all below it are decided too. */
    private long decidedThrough = NOTHING_DECIDED;

    private @Nullable Cursor cursor;
    private final Base base;
    private final Outbox outbox;
    /** Not durable. */
    private @Nullable PushRequest underWay;

    /** An empty copy; its first pull is a full read. */
    public ReplicaCopy(ReplicaId id) {
        this.id = id;
        base = new Base();
        outbox = new Outbox();
        fullReadStarted();
    }

    private ReplicaCopy(ReplicaCopy other) {
        id = other.id;
        nextLocalSeq = other.nextLocalSeq;
        decidedThrough = other.decidedThrough;
        cursor = other.cursor;
        base = new Base(other.base);
        outbox = new Outbox(other.outbox);
    }

    /** What is durable, as a backup or a clone of the store has it: a request under way is forgotten. */
    public ReplicaCopy restarted() {
        return new ReplicaCopy(this);
    }

    /** Step 1. The local seq of the draft is ignored. */
    public EditStep edit(Mutation draft) {
        PreparedMutation prepared = PreparedMutation.of(Outbox.renumbered(draft, nextLocalSeq));
        if (prepared.refused() != null) return new EditStep.Refused(prepared.refused());
        outbox.append(prepared.mutation());
        return new EditStep.Queued(nextLocalSeq++);
    }

    /** Step 2, before sending: the oldest undecided mutations, now marked sent. Empty: none, or a request is under way. */
    public Optional<PushRequest> nextPush(int mutationsMax) {
        List<Pending> oldest = outbox.oldestUndecided(mutationsMax);
        if (underWay != null || oldest.isEmpty()) return Optional.empty();
        for (Pending pending : oldest) outbox.mark(pending.localSeq(), new Stage.Sent());
        Long follows = decidedThrough == NOTHING_DECIDED ? null : decidedThrough;
        List<Mutation> mutations = oldest.stream().map(Pending::mutation).toList();
        underWay = new PushRequest(new MutationBatch(id, follows, follows, mutations), cursor, firstNew(oldest));
        return Optional.of(underWay);
    }

    /** Step 2: no answer, 429, 5xx or a refusal of the whole request. What was sent is pushed again as it is. */
    public void pushLost(PushRequest request) {
        if (isUnderWay(request)) underWay = null;
    }

    /**
     * Step 2: 409 out_of_order. What the push followed is known to nobody any more, as after its project was deleted. The order does
     * not hang on it, for every push starts at the oldest undecided; so the next one follows nothing.
     */
    public void pushOutOfOrder(PushRequest request) {
        if (!isUnderWay(request)) return;
        underWay = null;
        decidedThrough = NOTHING_DECIDED;
    }

    /**
     * Steps 3, 4 and 6.
     *
     * @param nextIncarnation never used before; taken if this store turns out to be a clone
     */
    public AnswerStep pushAnswered(PushRequest request, PushAnswer answer, String nextIncarnation) {
        if (!isUnderWay(request)) return new AnswerStep.Ignored(AnswerStep.Why.LATE);
        underWay = null;
        AnswerReading reading = new AnswerReading(request, answer);
        if (!reading.matches()) return new AnswerStep.Ignored(AnswerStep.Why.MISMATCH);
        List<Undone> undone = reading.settleIn(outbox);
        decidedThrough = request.batch().lastLocalSeq();
        if (reading.showsClone()) return cloneFound(nextIncarnation, undone);
        AnswerStep.AdvanceUse use = use(answer.advance());
        dropReflected();
        return new AnswerStep.Taken(undone, use);
    }

    /** Step 5, before pulling. */
    public PullRequest nextPull() {
        return new PullRequest(cursor, base.pass());
    }

    /** Steps 5, 6, 7 and the end of 8. A page is dropped unless it answers what would be pulled now. */
    public PageStep pageReceived(PullRequest request, PulledPage page) {
        if (!request.equals(nextPull())) return new PageStep.Dropped();
        PulledPage.Fault fault = page.fault(request.from());
        if (fault != null) return new PageStep.Broken(fault);
        for (PulledPage.Row row : page.rows()) take(row, new Place(page.cursor().epoch(), row.seq()));
        cursor = page.cursor();
        if (!page.hasMore()) endOfPages(page.cursor());
        dropReflected();
        return page.hasMore() ? new PageStep.Applied(page.cursor()) : compared(page);
    }

    /** Step 8, after 410. Nothing, unless it answers what would be pulled now. */
    public void expired(PullRequest request) {
        if (request.equals(nextPull())) fullReadStarted();
    }

    /** Step 8, after a digest that differs, or on demand. */
    public void fullReadStarted() {
        cursor = null;
        base.startFullRead();
    }

    public ReplicaId id() {
        return id;
    }

    /** The request that waits for its answer; null: none. */
    public @Nullable PushRequest underWay() {
        return underWay;
    }

    /** Where the base is; empty: at the beginning of a full read. */
    public Optional<Cursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    /**
     * Step 9: what may be acked. Nothing while a full read is under way: until its end the base may hold what was deleted,
     * and purged, below the cursor (L4).
     */
    public Optional<Cursor> ackable() {
        return base.isInFullRead() ? Optional.empty() : cursor();
    }

    /** What the app sees: live entities, by entity and key. */
    public Map<EntityId, Image> view() {
        return new Overlay(base, outbox.entries()).view(id.project());
    }

    /** What the app sees of one entity. */
    public Optional<Image> view(EntityId entity) {
        return Optional.ofNullable(new Overlay(base, outbox.entries()).imageOf(entity));
    }

    public Map<EntityId, BaseRow> base() {
        return Map.copyOf(base.rows());
    }

    /** In local seq order. */
    public List<Pending> outbox() {
        return List.copyOf(outbox.entries());
    }

    /** Of the base. */
    public Digest digest() {
        return base.digest();
    }

    private boolean isUnderWay(PushRequest request) {
        return request.equals(underWay);
    }

    private long firstNew(List<Pending> oldest) {
        for (Pending pending : oldest) if (pending.stage() instanceof Stage.New) return pending.localSeq();
        return nextLocalSeq;
    }

    private AnswerStep cloneFound(String nextIncarnation, List<Undone> undone) {
        id = new ReplicaId(id.project(), id.replica(), nextIncarnation);
        nextLocalSeq = outbox.renumberUndecided(nextLocalSeq);
        decidedThrough = NOTHING_DECIDED;
        fullReadStarted();
        return new AnswerStep.CloneFound(id, undone);
    }

    private AnswerStep.AdvanceUse use(@Nullable Advance advance) {
        if (advance == null) return AnswerStep.AdvanceUse.NONE;
        boolean fits = advance.from().equals(cursor) && advance.from().complete();
        if (!fits || !new AdvanceReading(advance, base, outbox).takeIn()) return AnswerStep.AdvanceUse.IGNORED;
        cursor = advance.to();
        return AnswerStep.AdvanceUse.USED;
    }

    /** An answer may be late by an epoch, and find the base already in the next: so it is not only asked at the end of full reads. */
    private void endOfPages(Cursor complete) {
        base.endFullRead();
        outbox.dropSettledOutside(complete);
    }

    private void take(PulledPage.Row row, Place place) {
        base.take(row.id(), row.image(), place);
        outbox.dropReflected(row.id(), place);
    }

    /** Step 6. */
    private void dropReflected() {
        if (cursor != null) outbox.dropReflected(cursor);
        base.rows().forEach((entity, row) -> outbox.dropReflected(entity, row.place()));
    }

    private PageStep compared(PulledPage page) {
        Digest expected = page.digest();
        Digest actual = base.digest();
        if (expected == null || expected.equals(actual)) return new PageStep.CaughtUp(page.cursor());
        return new PageStep.Differs(page.cursor(), expected, actual);
    }
}
