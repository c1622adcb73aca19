package dev.tidemark.bench.chaos;

import dev.tidemark.bench.chaos.cluster.Fault;
import dev.tidemark.bench.chaos.cluster.Servers;
import dev.tidemark.bench.chaos.cluster.Strike;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.load.Load;
import dev.tidemark.bench.chaos.load.Project;
import dev.tidemark.bench.place.Until;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Servers, a load on them, and one fault after the other; each begins when the one before is made good. */
public final class Chaos {
    private static final Duration BEGUN_MAX = Duration.ofMinutes(3);
    private static final Duration SERVED_MAX = Duration.ofMinutes(3);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private final Servers servers;
    private final Load load;
    private final Consumer<String> progress;
    private final Recoveries recoveries = new Recoveries();

    public Chaos(Servers servers, Load load, Consumer<String> progress) {
        this.servers = servers;
        this.load = load;
        this.progress = progress;
    }

    /** Returns when everything that was pushed is decided and read. */
    public List<Evidence> run(Supplier<Fault> faults, End end) {
        load.start(BEGUN_MAX);
        long begunNs = System.nanoTime();
        for (int number = 1; !end.isReached(number - 1, Duration.ofNanos(System.nanoTime() - begunNs)); number++)
            suffer(number, faults.get());
        return load.settle();
    }

    public Recoveries recoveries() {
        return recoveries;
    }

    private void suffer(int number, Fault fault) {
        Strike strike = fault.strike();
        LockSupport.parkNanos(fault.after().toNanos());
        load.check();
        recoveries.struck(strike);
        long struckNs = System.nanoTime();
        Servers.Struck struck = servers.strike(fault);
        String text = number + ". " + strike.label();
        if (!struck.survivors().isEmpty()) {
            awaitAll(struck.survivors());
            recoveries.takenOver(strike, since(struckNs));
            text += ", taken over after " + seconds(since(struckNs));
        }
        Duration down = strike.least().isZero() ? fault.down() : strike.least();
        LockSupport.parkNanos(down.minus(since(struckNs)).toNanos());
        long repairedNs = System.nanoTime();
        struck.repair();
        awaitAll(servers.urls());
        recoveries.restarted(strike, since(repairedNs));
        progress.accept(text + ", all well " + seconds(since(repairedNs)) + " after it went on");
        servers.awaitCopies();
    }

    /** Every project is read at each of these instances, and committed readers of the log see more of it than now. */
    private void awaitAll(List<String> urls) {
        Map<Project, Long> seqs = new HashMap<>();
        for (Project each : load.projects()) seqs.put(each, each.notes().tailSeq());
        Until.met(SERVED_MAX, "every project grows and is served by " + urls, () -> {
            load.check();
            return seqs.entrySet().stream()
                    .allMatch(each ->
                            each.getKey().notes().tailSeq() > each.getValue() && isServedBy(urls, each.getKey()));
        });
    }

    private static boolean isServedBy(List<String> urls, Project project) {
        return urls.stream().allMatch(url -> project.isServedBy(url, ANSWER_MAX));
    }

    private static Duration since(long ns) {
        return Duration.ofNanos(System.nanoTime() - ns);
    }

    private static String seconds(Duration duration) {
        return String.format("%.1f s", duration.toNanos() / 1e9);
    }

    /** When it is enough. */
    public interface End {
        boolean isReached(int faults, Duration passed);
    }
}
