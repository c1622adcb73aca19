package dev.tidemark.cli.command;

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
import picocli.CommandLine.ParameterException;

/**
 * All commands, and what their ends mean: 0 done, 1 the thing failed, 2 called wrongly; an error is one line on stderr that
 * says what and what to do.
 */
public final class Commands {
    private static final String DEBUG_VARIABLE = "TIDEMARK_DEBUG";

    private final Surroundings surroundings;

    private Commands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs what the arguments ask for. @return the exit status */
    public static int run(Surroundings surroundings, String... arguments) {
        return new Commands(surroundings).commandLine().execute(arguments);
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(new Root(), new Factory(surroundings));
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, where, parsed) -> failed(failure));
        line.setParameterExceptionHandler((failure, given) -> misused(failure));
        return line;
    }

    private int failed(Exception failure) {
        if (surroundings.environment().containsKey(DEBUG_VARIABLE)) failure.printStackTrace(surroundings.err());
        if (failure instanceof UsageFailure) return error(failure.getMessage(), ExitCode.USAGE);
        if (failure instanceof CommandFailure) return error(failure.getMessage(), ExitCode.SOFTWARE);
        return error(
                "unexpected " + failure + "; run it again with " + DEBUG_VARIABLE + "=1 and report what it prints",
                ExitCode.SOFTWARE);
    }

    private int misused(ParameterException failure) {
        String name = failure.getCommandLine().getCommandSpec().qualifiedName();
        return error(failure.getMessage() + "; see `" + name + " --help`", ExitCode.USAGE);
    }

    private int error(@Nullable String text, int status) {
        surroundings
                .err()
                .println("error: " + Objects.toString(text, "no reason given").replaceAll("\\s*\\R\\s*", " "));
        return status;
    }

    @Command(
            name = "tidemark",
            mixinStandardHelpOptions = true,
            scope = CommandLine.ScopeType.INHERIT,
            versionProvider = BuildVersion.class,
            synopsisSubcommandLabel = "COMMAND",
            description = {"An event-sourced sync backbone on Kafka Streams.", ""},
            subcommands = {
                UpCommand.class,
                ServeCommand.class,
                StatusCommand.class,
                TopicsCommand.class,
                SchemasCommand.class,
                PushCommand.class,
                PullCommand.class,
                GetCommand.class,
                ExportCommand.class,
                SeqCommand.class,
                TargetsCommand.class,
                VerifyCommand.class,
                ConfigCommand.class,
                DoctorCommand.class,
                BackupCommand.class,
                RestoreCommand.class,
                RepairCommand.class
            },
            footer = {
                "",
                "`tidemark bench --help` lists measurements.",
                "Exit status: 0 done, 1 it failed (stderr says what and what to do), 2 wrong usage."
            })
    static final class Root implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.@Nullable CommandSpec spec;

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
