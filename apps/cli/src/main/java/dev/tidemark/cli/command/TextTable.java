package dev.tidemark.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Rows of cells under each other, as wide as they need to be. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(List.of(header));
    }

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
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
            line.append(row.get(column));
            if (column < row.size() - 1)
                line.append(" ".repeat(width(column) - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
