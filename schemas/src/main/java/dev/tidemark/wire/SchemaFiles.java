package dev.tidemark.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** The schemas as files of this module. */
final class SchemaFiles {
    private SchemaFiles() {}

    /** The schema as it stands in the repository, without what code generation adds. */
    static Schema current(String record) {
        return parse(text(record + ".avsc"));
    }

    /** @throws AvroRuntimeException if the text is no schema that stands alone */
    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (NullPointerException e) {
            // Avro 1.12.2, where the whole text is the name of a type that nothing defines
            throw new SchemaParseException(e);
        }
    }

    static String text(String file) {
        try (InputStream in = SchemaFiles.class.getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException("the build left out " + file);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
