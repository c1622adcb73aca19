package dev.tidemark.cli.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.read.ProjectCopy.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV: the fixed columns, then one for each field that any payload has at its top level, in the order of their
 * bytes. Texts stand as they are, every other value as canonical JSON; an empty text is quoted, an absent field is not.
 */
final class CsvRows {
    private static final List<String> FIXED = List.of("seq", "version", "entity", "entity_key", "hash");

    private final SortedMap<EntityKey, Row> rows;
    private final Set<String> fields = new TreeSet<>(CanonicalJson.NAMES);

    CsvRows(SortedMap<EntityKey, Row> rows) {
        this.rows = rows;
        for (Row row : rows.values())
            fields.addAll(CanonicalJson.members(row.payload()).keySet());
    }

    void write(OutputStream out) throws IOException {
        CsvWriter csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.EMPTY)
                .lineDelimiter(LineDelimiter.LF)
                .build(out, StandardCharsets.UTF_8);
        csv.writeRecord(header());
        for (Map.Entry<EntityKey, Row> row : rows.entrySet()) csv.writeRecord(cells(row.getKey(), row.getValue()));
        csv.flush();
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(FIXED);
        for (String field : fields) header.add(FIXED.contains(field) ? "payload." + field : field);
        return header;
    }

    private List<@Nullable String> cells(EntityKey id, Row row) throws JsonProcessingException {
        List<@Nullable String> cells = new ArrayList<>();
        cells.add(Long.toString(row.seq()));
        cells.add(Long.toString(row.version()));
        cells.add(id.entity());
        cells.add(id.key());
        cells.add(row.hash());
        SortedMap<String, String> members = CanonicalJson.members(row.payload());
        for (String field : fields) cells.add(cell(members.get(field)));
        return cells;
    }

    private static @Nullable String cell(@Nullable String canonical) throws JsonProcessingException {
        if (canonical == null || !canonical.startsWith("\"")) return canonical;
        return Json.MAPPER.readValue(canonical, String.class);
    }
}
