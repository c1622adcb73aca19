package dev.tidemark.bench.chaos.load;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.LogRead.Logged;
import dev.tidemark.bench.chaos.evidence.Notes;
import dev.tidemark.bench.place.Until;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.model.EntityChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** All who push and read, each in a thread of its own, and what they noted. */
public final class Load {
    private static final Duration SETTLED_MAX = Duration.ofMinutes(3);
    private static final String INCARNATION = "0";

    /**
     * @param seed of everything that is pushed
     * @param replicas of each project
     * @param pause of a replica between two pushes
     */
    public record Shape(long seed, int projects, int replicas, Duration pause) {}

    private final Shape shape;
    private final String bootstrap;
    private final Map<String, Notes> notes = new LinkedHashMap<>();
    private final List<Project> projects = new ArrayList<>();
    private final List<Thread> pushers = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final Stop stopPushing = new Stop();
    private final Stop stopReading = new Stop();
    private final LongAdder resends = new LongAdder();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    public Load(Shape shape, Gateways gateways, String bootstrap) {
        this.shape = shape;
        this.bootstrap = bootstrap;
        for (int i = 0; i < shape.projects(); i++) {
            Notes each = new Notes("p" + i);
            notes.put(each.project(), each);
            projects.add(new Project(gateways, each));
        }
        for (Project each : projects) prepare(each);
        readers.add(thread("tail", new Tail(bootstrap, notes, stopReading)));
    }

    private void prepare(Project project) {
        String name = project.notes().project();
        for (int i = 0; i < shape.replicas(); i++) {
            long seed = shape.seed() * 1_000_003 + name.hashCode() * 31L + i;
            Runnable pusher = new Pusher(project, "replica-" + i, seed, shape.pause(), stopPushing, resends);
            pushers.add(thread(name + "-push-" + i, pusher));
        }
        readers.add(thread(name + "-read", new Reader(project, "reader", stopReading)));
        readers.add(thread(name + "-events", new EventReader(project, "events", stopReading)));
    }

    private Thread thread(String name, Runnable task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        failures.add(e);
                    }
                },
                "chaos-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns when every project is there. */
    public void start(Duration most) {
        pushers.forEach(Thread::start);
        readers.forEach(Thread::start);
        Until.met(most, "every project has records", () -> {
            check();
            return notes.values().stream().allMatch(each -> each.tailSeq() >= 0);
        });
    }

    /** @throws CommandFailure if one who pushes or reads broke */
    public void check() {
        Throwable failure = failures.peek();
        if (failure != null) throw new CommandFailure("the load broke: " + failure, failure);
    }

    public List<Project> projects() {
        return List.copyOf(projects);
    }

    public long resends() {
        return resends.sum();
    }

    /** Lets everything be decided and read. @return what is known of each project */
    public List<Evidence> settle() {
        stopPushing.ask();
        joined(pushers, "every push is decided");
        stopReading.ask();
        joined(readers, "every reader is at the head");
        for (Project project : projects)
            for (int i = 0; i < shape.replicas(); i++) new Mapping(project, "replica-" + i, INCARNATION).note();
        Map<String, TreeMap<Long, EntityChange>> logs = wholeLog();
        List<Evidence> all = new ArrayList<>();
        notes.forEach((name, each) -> all.add(each.evidence(logs.getOrDefault(name, new TreeMap<>()))));
        return all;
    }

    private void joined(List<Thread> threads, String what) {
        Until.met(SETTLED_MAX, what, () -> {
            check();
            return threads.stream().noneMatch(Thread::isAlive);
        });
    }

    private Map<String, TreeMap<Long, EntityChange>> wholeLog() {
        Map<String, TreeMap<Long, EntityChange>> logs = new LinkedHashMap<>();
        try (LogReader reader = new LogReader(bootstrap)) {
            while (!reader.isAtEnd())
                for (Logged each : reader.poll())
                    logs.computeIfAbsent(each.change().id().project(), name -> new TreeMap<>())
                            .put(each.seq(), each.change());
        }
        return logs;
    }
}
