package dev.tidemark.cli.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.RefusedJson;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes numbers as Tidemark serves them (semantics, section 8): {@code 1e400}, not Java's {@code 1E+400}. */
final class ServedNumbers extends JsonGeneratorDelegate {
    ServedNumbers(JsonGenerator out) {
        super(out);
    }

    @Override
    public void writeNumber(BigDecimal number) throws IOException {
        delegate.writeNumber(text(number));
    }

    /** What is no number of Tidemark is shown all the same. */
    private static String text(BigDecimal number) {
        try {
            return CanonicalJson.of(number.toString());
        } catch (RefusedJson e) {
            return number.toString();
        }
    }
}
