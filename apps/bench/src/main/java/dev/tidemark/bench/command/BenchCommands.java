package dev.tidemark.bench.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All subcommands; their ends mean what those of {@code tidemark} mean: 0 done, 1 it failed, 2 called wrongly. */
public final class BenchCommands {
    private BenchCommands() {}

    /** @return the exit status */
    public static int run(Surroundings surroundings, String... arguments) {
        CommandLine line = new CommandLine(new Root(), new Factory(surroundings));
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, where, parsed) -> failed(surroundings, failure));
        line.setParameterExceptionHandler((failure, given) -> misused(surroundings, failure));
        return line.execute(arguments);
    }

    private static int failed(Surroundings surroundings, Exception failure) {
        if (surroundings.environment().containsKey("TIDEMARK_DEBUG")) failure.printStackTrace(surroundings.err());
        if (failure instanceof UsageFailure) return error(surroundings, failure.getMessage(), ExitCode.USAGE);
        if (failure instanceof CommandFailure) return error(surroundings, failure.getMessage(), ExitCode.SOFTWARE);
        return error(surroundings, "unexpected " + failure + "; TIDEMARK_DEBUG=1 shows where", ExitCode.SOFTWARE);
    }

    private static int misused(Surroundings surroundings, ParameterException failure) {
        String name = failure.getCommandLine().getCommandSpec().qualifiedName();
        return error(surroundings, failure.getMessage() + "; see `" + name + " --help`", ExitCode.USAGE);
    }

    private static int error(Surroundings surroundings, @Nullable String text, int status) {
        surroundings
                .err()
                .println("error: " + Objects.toString(text, "no reason given").replaceAll("\\s*\\R\\s*", " "));
        return status;
    }

    @Command(
            name = "tidemark bench",
            mixinStandardHelpOptions = true,
            scope = CommandLine.ScopeType.INHERIT,
            synopsisSubcommandLabel = "COMMAND",
            description = {"Measure this machine: Tidemark, and bare Kafka Streams beside it in the same run.", ""},
            subcommands = {
                IngestCommand.class,
                LatencyCommand.class,
                HttpCommand.class,
                PullCommand.class,
                MemoryCommand.class,
                RecoveryCommand.class,
                GrowthCommand.class,
                ChaosCommand.class,
                JmhCommand.class,
                StageCommand.class,
                BrokerCommand.class
            })
    static final class Root implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "no command given");
        }
    }

    /** Gives every command what it may see of the process. */
    private record Factory(Surroundings surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors())
                if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Surroundings.class}))
                    return type.cast(constructor.newInstance(surroundings));
            return CommandLine.defaultFactory().create(type);
        }
    }
}
