package dev.tidemark.bench.chaos.evidence;

import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** What is noted of one project while it goes on, by any thread. */
public final class Notes {
    private final String project;
    private final Map<Origin, Sent> sent = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();
    private final List<Shown> shown = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<LogRead.Logged> tail = new ArrayList<>();

    public Notes(String project) {
        this.project = project;
    }

    public String project() {
        return project;
    }

    /** Before it goes out for the first time. */
    public synchronized void add(Sent each) {
        if (sent.put(each.origin(), each) != null) throw new IllegalStateException(each.origin() + " is sent already");
    }

    public synchronized void add(Answer each) {
        answers.add(each);
    }

    public synchronized void add(Page each) {
        pages.add(each);
    }

    public synchronized void add(Shown each) {
        shown.add(each);
    }

    public synchronized void add(Refusal each) {
        refusals.add(each);
    }

    public synchronized void add(LogRead.Logged each) {
        tail.add(each);
    }

    public synchronized int mutations() {
        return sent.size();
    }

    public synchronized int pages() {
        return pages.size();
    }

    public synchronized int shown() {
        return shown.size();
    }

    /** Highest seq that the raw reader came by; -1 before the first. */
    public synchronized long tailSeq() {
        return tail.isEmpty() ? -1 : tail.get(tail.size() - 1).seq();
    }

    /** @param whole the log as it is now, for good */
    public synchronized Evidence evidence(NavigableMap<Long, EntityChange> whole) {
        return new Evidence(
                project, new Pushed(sent, answers), new Served(pages, shown, refusals), new LogRead(tail, whole));
    }
}
