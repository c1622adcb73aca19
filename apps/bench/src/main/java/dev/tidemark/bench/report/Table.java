package dev.tidemark.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** Measures under each other: a column for each name of a number, numbers to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(List<Measure> measures) {
        Set<String> names = new LinkedHashSet<>();
        for (Measure each : measures) names.addAll(each.numbers().keySet());
        rows.add(header(names));
        for (Measure each : measures) rows.add(row(each, names));
    }

    private static List<String> header(Set<String> names) {
        List<String> cells = new ArrayList<>(List.of("", "unit"));
        cells.addAll(names);
        return cells;
    }

    private static List<String> row(Measure measure, Set<String> names) {
        List<String> cells = new ArrayList<>(List.of(measure.name(), measure.unit()));
        for (String name : names) cells.add(measure.cell(name));
        return cells;
    }

    @Override
    public String toString() {
        StringJoiner lines = new StringJoiner("\n");
        for (List<String> row : rows) lines.add(line(row));
        return lines.toString();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String blank = " ".repeat(width(column) - cell.length());
            line.append(column < 2 ? cell + blank : blank + cell).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
