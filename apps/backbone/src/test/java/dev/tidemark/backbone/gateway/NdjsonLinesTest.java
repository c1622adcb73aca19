package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonLinesTest {
    private static final int LINE_MAX = 300_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 20})
    void givesTheLinesWhateverPiecesTheyComeIn(int pieceBytes) throws IOException {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) lines.add("é".repeat(1 + random.nextInt(i % 10 == 0 ? 100_000 : 40)));

        assertThat(read(pieces(String.join("\n", lines) + "\n", pieceBytes))).isEqualTo(lines);
    }

    @Test
    void givesALastLineWithoutItsEnd() throws IOException {
        assertThat(read(pieces("a\nb", 10))).containsExactly("a", "b");
    }

    @Test
    void givesNothingOfNothing() throws IOException {
        assertThat(read(pieces("", 10))).isEmpty();
        assertThat(read(pieces("\n\r\n \t\n", 10))).isEmpty();
    }

    @Test
    void passesOverBlankLinesButCountsThem() throws IOException {
        NdjsonLines lines = new NdjsonLines(pieces("\r\n\n{}\r\n \n[]", 2), LINE_MAX, () -> {});

        assertThat(lines.next()).isEqualTo("{}\r");
        assertThat(lines.number()).isEqualTo(3);
        assertThat(lines.next()).isEqualTo("[]");
        assertThat(lines.number()).isEqualTo(5);
        assertThat(lines.next()).isNull();
    }

    @Test
    void takesALineAsLongAsItMayBe() throws IOException {
        assertThat(read(pieces("x".repeat(LINE_MAX) + "\n", 5_000))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void refusesALineThatIsLongerAndSaysWhich(String end) {
        NdjsonLines lines = new NdjsonLines(pieces("a\n" + "x".repeat(LINE_MAX + 1) + end, 5_000), LINE_MAX, () -> {});

        Problem problem = catchThrowableOfType(Problem.class, () -> {
            while (lines.next() != null) {}
        });

        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.detail()).startsWith("line 2:");
    }

    @Test
    void refusesBytesThatAreNoUtf8AndSaysWhere() {
        byte[] bytes = {'a', '\n', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '\n'};
        NdjsonLines lines = new NdjsonLines(new ByteArrayInputStream(bytes), LINE_MAX, () -> {});

        Problem problem = catchThrowableOfType(Problem.class, () -> {
            while (lines.next() != null) {}
        });

        assertThat(problem.code()).isEqualTo("malformed_json");
        assertThat(problem.detail()).startsWith("line 2:");
    }

    @Test
    void takesAReplacementCharacterThatWasSent() throws IOException {
        assertThat(read(pieces("\"\uFFFD\"\n", 3))).containsExactly("\"\uFFFD\"");
    }

    private static List<String> read(InputStream in) throws IOException {
        NdjsonLines lines = new NdjsonLines(in, LINE_MAX, () -> {});
        List<String> all = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) all.add(line);
        return all;
    }

    private static InputStream pieces(String text, int pieceBytes) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, pieceBytes));
            }
        };
    }
}
