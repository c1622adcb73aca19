package dev.tidemark.cli.read;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.ProjectCopy.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.function.LongConsumer;

/** The state of a project at one seq, verified by its digest, written in the order of entity and key. */
public final class Export {
    /** How the rows are written. */
    public enum Format {
        NDJSON,
        CSV
    }

    private final FullRead read;

    /** @param progress told the number of changes read so far */
    public Export(String project, ServerClient server, Patience patience, LongConsumer progress) {
        this.read = new FullRead(project, server, patience, progress);
    }

    /** @return the seq whose state it is. @throws CommandFailure before anything is written, if the digest does not fit */
    public long write(Format format, OutputStream out) {
        SortedMap<EntityKey, Row> rows = read.toHead().sorted();
        read.requireDigest();
        if (format == Format.CSV) writeCsv(rows, out);
        else writeNdjson(rows, new LineSink(out));
        return read.head().seq();
    }

    private static void writeNdjson(SortedMap<EntityKey, Row> rows, LineSink sink) {
        rows.forEach((id, row) -> sink.line(line(id, row)));
        sink.flush();
    }

    private static void writeCsv(SortedMap<EntityKey, Row> rows, OutputStream out) {
        try {
            new CsvRows(rows).write(out);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailure("stdout was closed before everything was written (" + e.getMessage() + ")", e);
        }
    }

    private static String line(EntityKey id, Row row) {
        return "{\"seq\":" + row.seq() + ",\"version\":" + row.version() + ",\"entity\":"
                + CanonicalJson.quote(id.entity()) + ",\"entity_key\":" + CanonicalJson.quote(id.key())
                + ",\"payload\":" + row.payload() + ",\"hash\":\"" + row.hash() + "\"}";
    }
}
