package dev.tidemark.bench.command;

import dev.tidemark.bench.report.Measure;
import dev.tidemark.bench.report.Result;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "jmh",
        description = {
            "What the pure parts cost: canonical JSON, queries, admission, folds, cursors, the codec; with JMH, in a JVM of their"
                    + " own.",
            ""
        })
final class JmhCommand implements Callable<Integer> {
    /** JMH lets only one run on a machine by this; how busy it was stands in the result anyway. */
    private static final String IGNORE_LOCK = "jmh.ignoreLock";

    private final Surroundings surroundings;

    @Mixin
    private final RunFlags flags;

    @Parameters(arity = "0..1", paramLabel = "PATTERN", description = "only those whose name it matches (default all)")
    private String pattern = ".*";

    @Option(names = "--forks", paramLabel = "N", description = "JVMs each (default 1; full 3)")
    private @Nullable Integer forks;

    @Option(names = "--iterations", paramLabel = "N", description = "each (default 3; full 5)")
    private @Nullable Integer iterations;

    @Option(names = "--iteration-ms", paramLabel = "N", description = "each (default 300; full 1,000)")
    private @Nullable Integer iterationMs;

    JmhCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        System.setProperty(IGNORE_LOCK, "true");
        Result result = new Result("jmh");
        OutputFormat progress = OutputFormatFactory.createFormatInstance(surroundings.err(), VerboseMode.NORMAL);
        try {
            Collection<RunResult> runs = new Runner(options(), progress).run();
            for (RunResult run : runs) result.add(measure(run));
            return flags.print(result.setting("pattern", pattern));
        } catch (RunnerException e) {
            throw new CommandFailure("JMH does not run: " + e.getMessage(), e);
        }
    }

    private Options options() {
        TimeValue each = TimeValue.milliseconds(flags.size(iterationMs, 300, 1_000));
        int times = flags.size(iterations, 3, 5);
        return new OptionsBuilder()
                .include("dev\\.tidemark\\.bench\\.jmh\\..*" + pattern)
                .forks(flags.size(forks, 1, 3))
                .warmupIterations(times)
                .warmupTime(each)
                .measurementIterations(times)
                .measurementTime(each)
                .build();
    }

    private static Measure measure(RunResult run) {
        Statistics statistics = run.getPrimaryResult().getStatistics();
        String[] parts = run.getParams().getBenchmark().split("\\.", -1);
        String name = parts[parts.length - 2].replaceFirst("Bench$", "") + "." + parts[parts.length - 1];
        return new Measure(name, run.getPrimaryResult().getScoreUnit())
                .with("median", statistics.getPercentile(50))
                .with("min", statistics.getMin())
                .with("max", statistics.getMax())
                .with("mean", run.getPrimaryResult().getScore())
                .with("error 99.9%", run.getPrimaryResult().getScoreError());
    }
}
