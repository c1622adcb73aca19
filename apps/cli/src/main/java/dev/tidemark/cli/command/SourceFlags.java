package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.postgres.apply.PostgresSource;
import dev.tidemark.postgres.apply.SourceRefused;
import dev.tidemark.postgres.config.ConfigReader;
import dev.tidemark.postgres.config.ConfigRefused;
import dev.tidemark.postgres.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which source, in which database. The password comes from the environment or the URL, and is never printed. */
final class SourceFlags {
    private static final String PASSWORD_VARIABLE = "TIDEMARK_DATABASE_PASSWORD";
    private static final String POSTGRES_PASSWORD_VARIABLE = "PGPASSWORD";
    private static final String CONNECT_TIMEOUT_SECONDS = "10";

    private final Surroundings surroundings;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "what is captured, as YAML")
    private Path file = Path.of("");

    @Option(
            names = "--database",
            required = true,
            paramLabel = "URL",
            description = "jdbc:postgresql://HOST/NAME?user=…; the password from " + PASSWORD_VARIABLE)
    private String url = "";

    SourceFlags(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What is done with the source while its database is open. */
    interface Work<T> {
        T on(PostgresSource source) throws SQLException;
    }

    <T> T with(Work<T> work) {
        SourceConfig config = config();
        try (Connection connection = open()) {
            return work.on(new PostgresSource(connection, config));
        } catch (SourceRefused refused) {
            throw new CommandFailure(String.valueOf(refused.getMessage()), refused);
        } catch (SQLException e) {
            throw new CommandFailure("the database says: " + e.getMessage() + "; check --database and its rights", e);
        }
    }

    private SourceConfig config() {
        try {
            return ConfigReader.read(
                    file.toString(),
                    Files.readString(surroundings.workingDirectory().resolve(file)));
        } catch (ConfigRefused refused) {
            throw new UsageFailure(refused.getMessage());
        } catch (IOException e) {
            throw new UsageFailure("cannot read " + file + " (" + e.getClass().getSimpleName() + "); check --config");
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("ApplicationName", "tidemark sources");
        String password = password(surroundings.environment());
        if (password != null) properties.setProperty("password", password);
        Driver driver = new org.postgresql.Driver();
        Connection connection = driver.acceptsURL(url) ? driver.connect(url, properties) : null;
        if (connection == null)
            throw new UsageFailure("--database is no URL of PostgreSQL; it begins jdbc:postgresql:");
        return connection;
    }

    private static @Nullable String password(Map<String, String> environment) {
        String ours = environment.get(PASSWORD_VARIABLE);
        return ours != null ? ours : environment.get(POSTGRES_PASSWORD_VARIABLE);
    }
}
