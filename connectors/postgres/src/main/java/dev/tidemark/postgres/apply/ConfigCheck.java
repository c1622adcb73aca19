package dev.tidemark.postgres.apply;

import dev.tidemark.postgres.config.Expression;
import dev.tidemark.postgres.config.SourceConfig;
import dev.tidemark.postgres.config.TableSource;
import dev.tidemark.postgres.config.TableSource.FanOut;
import dev.tidemark.postgres.config.TableSource.MultiValue;
import dev.tidemark.postgres.config.TableSource.Table;
import dev.tidemark.postgres.ddl.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what a config names is in the database, and its expressions are SQL: a trigger that fails would fail the writers.
 * Expressions are parsed by the server and not run.
 */
final class ConfigCheck {
    private final Connection connection;
    private final Map<Table, Set<String>> columns;
    private final List<String> problems = new ArrayList<>();

    /** @param columns what the named tables have; none if a table is not there */
    ConfigCheck(Connection connection, Map<Table, Set<String>> columns) {
        this.connection = connection;
        this.columns = columns;
    }

    /** @throws SourceRefused with every problem */
    void check(SourceConfig config) throws SQLException {
        NamedColumns.of(config).byTable().forEach(this::checkNames);
        stopAtProblems();
        for (TableSource source : config.tables()) checkExpressions(source);
        stopAtProblems();
    }

    private void checkNames(Table table, Set<String> named) {
        Set<String> there = columns.getOrDefault(table, Set.of());
        if (there.isEmpty()) problems.add("there is no table " + table);
        else
            named.stream()
                    .filter(column -> !there.contains(column))
                    .forEach(column -> problems.add("table " + table + " has no column " + column));
    }

    private void checkExpressions(TableSource source) throws SQLException {
        for (Expression each : NamedColumns.expressions(source)) parse(source.table(), each, "to_jsonb((%s\n))");
        if (source instanceof MultiValue multiValue && multiValue.filter().isPresent())
            parse(source.table(), multiValue.filter().get(), "COALESCE((%s\n), false)");
        if (source instanceof FanOut fanOut && fanOut.querySource().isPresent())
            checkQuerySource(fanOut, fanOut.querySource().get());
    }

    private void checkQuerySource(FanOut source, Expression querySource) throws SQLException {
        Set<String> others = new LinkedHashSet<>(source.query().placeholders());
        others.removeAll(columns.getOrDefault(source.table(), Set.of()));
        if (others.size() != 1)
            problems.add("table " + source.table() + ": the query must name its query_source once, by a name that is no"
                    + " column; it has " + (others.isEmpty() ? "none" : others));
        parse(source.table(), querySource, "to_jsonb((%s\n))");
    }

    /** A bare column is unknown here, as it will be in the trigger. */
    private void parse(Table table, Expression expression, String template) throws SQLException {
        String row = "(NULL::" + Sql.name(table) + ").";
        String sql = "SELECT " + template.replace("%s", expression.substitute(column -> row + Sql.name(column)));
        connection.setAutoCommit(false);
        try (Statement path = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement(sql.replace("?", "??"))) {
            path.execute("SET LOCAL search_path = pg_catalog, " + Sql.name(table.schema()) + ", pg_temp");
            statement.getMetaData();
        } catch (SQLException e) {
            problems.add("table " + table + ": `" + expression.text() + "` is no expression: " + e.getMessage());
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void stopAtProblems() {
        if (!problems.isEmpty())
            throw new SourceRefused(String.join("; ", problems) + "; correct the config or the database");
    }
}
