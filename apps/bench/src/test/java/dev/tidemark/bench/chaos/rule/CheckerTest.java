package dev.tidemark.bench.chaos.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.bench.chaos.evidence.Answer;
import dev.tidemark.bench.chaos.evidence.LogRead;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Refusal;
import dev.tidemark.bench.chaos.evidence.Row;
import dev.tidemark.bench.chaos.evidence.Sent;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.RecordMeta;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds what was planted for it in a run that it has nothing to say against. */
class CheckerTest {
    private final Story story = new Story();

    @Test
    void anHonestRunHasNoViolation() {
        assertThat(Checker.violations(story.evidence())).isEmpty();
    }

    @Test
    void aMutationWithoutOutcomeIsFound() {
        story.answers.removeIf(each -> each.origin().localSeq() == 2);

        found(new OutcomesAgree(), "no outcome", "localSeq=2");
    }

    @Test
    void twoOutcomesOfOneMutationAreFound() {
        story.answers.add(new Answer(Story.origin(5), "accepted", 40, ""));

        found(new OutcomesAgree(), "rejected", "accepted");
    }

    @Test
    void anotherSeqOnTheSecondAnswerIsFound() {
        story.answers.add(new Answer(Story.origin(3), "duplicate", 30, ""));

        found(new OutcomesAgree(), "seq=20", "seq=30");
    }

    @Test
    void anotherReasonOnTheSecondAnswerIsFound() {
        story.answers.add(new Answer(Story.origin(5), "rejected", -1, "below_window"));

        found(new OutcomesAgree(), "below_window");
    }

    @Test
    void twoWordsBehindADuplicateAreFound() {
        story.answers.add(0, new Answer(Story.origin(3), "duplicate", 20, ""));
        story.answers.add(new Answer(Story.origin(3), "unchanged", 20, ""));

        found(new OutcomesAgree(), "accepted", "unchanged");
    }

    @Test
    void anAnswerAboutWhatNobodyPushedIsFound() {
        story.answers.add(new Answer(Story.origin(99), "accepted", 40, ""));

        found(new OutcomesAgree(), "never pushed");
    }

    @Test
    void aMutationInTwoRecordsIsFound() {
        story.logged(50, "n1", "{\"kind\":\"a\",\"n\":2}", 4);

        found(new OriginsOnce(), "localSeq=4", "[20, 50]");
    }

    @Test
    void anAcceptedMutationThatIsInNoRecordIsFound() {
        story.whole.remove(40L);

        found(new OriginsOnce(), "localSeq=7", "null");
    }

    @Test
    void aRejectedMutationThatIsInARecordIsFound() {
        story.logged(50, "n2", "{\"kind\":\"b\"}", 5);

        found(new OriginsOnce(), "rejected", "[50]");
    }

    @Test
    void aRecordOfWhatNobodyPushedIsFound() {
        story.logged(50, "n3", "{}", 99);

        found(new OriginsOnce(), "nobody pushed", "[50]");
    }

    @Test
    void aCursorThatGoesBackIsFound() {
        story.shown.add(Story.shown("reader", 11, 40));

        found(new CursorHolds(), "went back from 40 to 11");
    }

    @Test
    void aCursorPastWhatTheTargetReadIsFound() {
        story.shown.add(Story.shown("other", 40, 11));

        found(new CursorHolds(), "record 30 is not its own");
    }

    @Test
    void aReplicasCursorPastAFanOutIsFound() {
        story.shown.add(Story.shown("r", 30, 20));

        found(new CursorHolds(), "record 30 is not its own");
    }

    @Test
    void aRecordThatAppearedBelowWhatTheRawReaderSawIsFound() {
        story.tail.removeIf(each -> each.seq() == 20);

        found(new PrefixIsStable(), "record 20 was not there when 40 was seen");
    }

    @Test
    void aRawReaderThatIsSentBackIsFound() {
        story.tail.add(new LogRead.Logged(20, story.change(20)));

        found(new PrefixIsStable(), "record 20 came after 40");
    }

    @Test
    void aPageThatSkipsTheLastRecordOfAnEntityIsFound() {
        story.pages.set(1, story.ended(11L, 40, 30));

        found(new PrefixIsStable(), "record 40", "lacks it");
    }

    @Test
    void aRowThatWasTakenBackIsFound() {
        story.whole.remove(30L);

        found(new NothingTakenBack(), "reader saw Row[seq=30", "the raw reader saw record 30");
    }

    @Test
    void aRowOfAnotherImageIsFound() {
        story.pages.add(new Page("late", null, Story.cursor(10), List.of(new Row(10, "p/note/n1", "00", "00")), null));

        found(new NothingTakenBack(), "late saw", "hash=00");
    }

    @Test
    void aDigestThatIsNotThatOfTheCopyIsFound() {
        Page.End end = new Page.End(40, story.change(40).meta().digest().hex(), "00");
        story.pages.add(new Page("late", Story.cursor(11), Story.cursor(40), story.rows(30, 40), end));

        found(new DigestsFit(), "the copy of late");
    }

    @Test
    void aDigestThatIsNotThatOfTheLogIsFound() {
        story.pages.add(new Page("late", Story.cursor(40), Story.cursor(40), List.of(), new Page.End(40, "00", "00")));

        found(new DigestsFit(), "the log has the digest");
    }

    @Test
    void aPayloadThatHasNotItsHashIsFound() {
        Row row = story.rows(10).get(0);
        story.pages.add(
                new Page("late", null, Story.cursor(10), List.of(new Row(10, row.path(), row.hash(), "00")), null));

        found(new DigestsFit(), "has not its hash");
    }

    @Test
    void batchesInTheWrongOrderAreFound() {
        Sent early = story.sent.get(Story.origin(1));
        story.sent.put(Story.origin(1), new Sent(Story.origin(1), 9, early.mutation()));

        found(new OrderKept(), "of batch 0 came after batch 9");
    }

    @Test
    void mutationsOfAnEntityInTheWrongOrderAreFound() {
        story.logged(50, "n1", "{\"kind\":\"a\",\"n\":1}", 3);

        found(new OrderKept(), "localSeq=3] came after 6");
    }

    @Test
    void aMissingOrdinalIsFound() {
        story.whole.remove(20L);

        found(new OrderKept(), "the ordinal is 4, not 3");
    }

    @Test
    void aVersionThatGoesBackIsFound() {
        EntityChange last = story.change(40);
        RecordMeta meta = last.meta();
        RecordMeta first = new RecordMeta(
                meta.epoch(),
                meta.ordinal(),
                meta.op(),
                1,
                meta.hash(),
                meta.digest(),
                meta.count(),
                meta.bucketDigest(),
                meta.bucketCount(),
                meta.origins(),
                meta.applyWhere(),
                meta.occurredAt());
        story.whole.put(40L, new EntityChange(last.id(), first, last.image()));

        found(new OrderKept(), "p/note/n2 has version 1 after 1");
    }

    @Test
    void aRowBelowTheCursorIsFound() {
        story.pages.add(story.page(20L, 40, 11, 40));

        found(new OrderKept(), "was shown 11 after 20");
    }

    @Test
    void aCursorThatIsRefusedIsFound() {
        story.refusals.add(new Refusal("reader", "GET /changes", 410, "cursor_expired"));

        found(new NothingReset(), "410");
    }

    @Test
    void aCursorThatIsSilentlyBegunAgainIsFound() {
        story.pages.add(story.page(40L, 11, 10, 11));

        found(new NothingReset(), "asked from 40, the page ends at 11");
    }

    @Test
    void aServerThatStopsShortOfTheEndIsFound() {
        story.logged(50, "n3", "{}", 99);

        found(new EndIsServed(), "the log ends at 50, what is served at 40");
    }

    @Test
    void aPageOfAnotherEpochIsFound() {
        Cursor other =
                new Cursor(Story.PROJECT, new Epoch(8), new CloudSeq(40), new Ordinal(5), true, CloudSeq.NONE, 0);
        story.pages.add(new Page("late", Story.cursor(40), other, List.of(), null));

        found(new NothingReset(), "asked in epoch");
    }

    @Test
    void anImageThatIsNotTheFoldOfItsMutationsIsFound() {
        story.sent.put(
                Story.origin(4), new Sent(Story.origin(4), 1, Mutation.of(4, "note", "n1", new Op.SetField("n", "3"))));

        found(new LogIsFold(), "p/note/n1 at 20");
    }

    @Test
    void aFanOutThatMissedOneIsFound() {
        fanOut("kind in [\"a\",\"b\"]");

        found(new LogIsFold(), "did not change p/note/n2");
    }

    @Test
    void aFanOutThatChangedWhatDidNotMatchIsFound() {
        fanOut("kind eq \"b\"");

        found(new LogIsFold(), "changed p/note/n1, which it should not");
    }

    private void fanOut(String query) {
        Op where = new Op.ApplyWhere("note", query, List.of(new Op.SetField("m", "1")));
        Mutation mutation = new Mutation(6, null, null, true, null, null, List.of(where));
        story.sent.put(Story.origin(6), new Sent(Story.origin(6), 2, mutation));
    }

    private void found(Rule rule, String... parts) {
        List<String> contradictions = rule.contradictions(story.evidence());

        assertThat(String.join("\n", contradictions)).contains(parts);
    }
}
