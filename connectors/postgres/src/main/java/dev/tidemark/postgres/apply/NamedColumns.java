package dev.tidemark.postgres.apply;

import dev.tidemark.postgres.config.Expression;
import dev.tidemark.postgres.config.SourceConfig;
import dev.tidemark.postgres.config.TableSource;
import dev.tidemark.postgres.config.TableSource.Direct;
import dev.tidemark.postgres.config.TableSource.FanOut;
import dev.tidemark.postgres.config.TableSource.FanOutPerRow;
import dev.tidemark.postgres.config.TableSource.MultiValue;
import dev.tidemark.postgres.config.TableSource.Table;
import dev.tidemark.postgres.config.TrackedField;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that a config names, each with the columns that must be there. */
record NamedColumns(Map<Table, Set<String>> byTable) {
    static NamedColumns of(SourceConfig config) {
        NamedColumns named = new NamedColumns(new LinkedHashMap<>());
        config.tables().forEach(source -> named.add(source, expressions(source)));
        return named;
    }

    /** The expressions of a source that give a value. */
    static List<Expression> expressions(TableSource source) {
        return source.match(
                direct -> values(direct.fields()),
                multiValue -> List.of(),
                fanOut -> values(fanOut.fields()),
                perRow -> values(perRow.fields()));
    }

    private static List<Expression> values(List<TrackedField> fields) {
        return fields.stream().map(TrackedField::value).toList();
    }

    private void add(TableSource source, List<Expression> expressions) {
        Set<String> columns = of(source.table());
        expressions.forEach(each -> columns.addAll(each.placeholders()));
        columns.addAll(source.match(
                NamedColumns::ofDirect, NamedColumns::ofMultiValue, NamedColumns::ofFanOut, NamedColumns::ofPerRow));
        if (source instanceof FanOutPerRow perRow) {
            Set<String> child = of(perRow.rowsFrom().table());
            child.addAll(List.of(perRow.rowsFrom().fk(), perRow.rowsFrom().slot()));
        }
    }

    private Set<String> of(Table table) {
        return byTable.computeIfAbsent(table, any -> new LinkedHashSet<>());
    }

    private static Set<String> ofDirect(Direct direct) {
        return Set.of(direct.keyColumn());
    }

    private static Set<String> ofMultiValue(MultiValue source) {
        Set<String> columns = new LinkedHashSet<>(List.of(source.keyColumn(), source.valueColumn()));
        source.filter().ifPresent(filter -> columns.addAll(filter.placeholders()));
        return columns;
    }

    /** Where there is a query source, one name of the query is its; which, only the catalogue says. */
    private static Set<String> ofFanOut(FanOut source) {
        return source.querySource()
                .map(Expression::placeholders)
                .orElse(source.query().placeholders());
    }

    private static Set<String> ofPerRow(FanOutPerRow source) {
        return Set.of(source.rowsFrom().parentKey());
    }
}
