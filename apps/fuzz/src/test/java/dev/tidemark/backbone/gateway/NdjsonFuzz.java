package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A push stream gives its lines up to the first broken one, each as it is read alone, in whatever pieces the bytes arrive; the
 * problem names that line. The first byte of an input says how long the pieces are.
 */
class NdjsonFuzz {
    private static final int LINE_BYTES_MAX = 300;

    @FuzzTest
    void linesBeforeABrokenOneAreAsTheyAreAlone(byte[] input) throws IOException {
        int piece = input.length == 0 ? 1 : 1 + Byte.toUnsignedInt(input[0]);
        byte[] body = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        Read whole = read(new Pieces(body, piece));

        Read alone = new Read(new ArrayList<>(), "");
        long number = 0;
        for (byte[] line : lines(body)) {
            number++;
            Read one = read(new ByteArrayInputStream(line));
            alone.mutations.addAll(one.mutations);
            if (one.problem.isEmpty()) continue;
            alone = new Read(alone.mutations, one.problem.replaceFirst("line 1: ", "line " + number + ": "));
            break;
        }
        assertThat(whole).isEqualTo(alone);
    }

    private record Read(List<MutationJson.Line> mutations, String problem) {}

    private static Read read(InputStream body) throws IOException {
        List<MutationJson.Line> mutations = new ArrayList<>();
        NdjsonLines lines = new NdjsonLines(body, LINE_BYTES_MAX, () -> {});
        try {
            for (String line = lines.next(); line != null; line = lines.next()) mutations.add(parsed(line, lines));
            return new Read(mutations, "");
        } catch (Problem refused) {
            assertThat(refused.status()).isIn(400, 413);
            return new Read(mutations, refused.detail());
        }
    }

    /** As {@link PushStream} does. */
    private static MutationJson.Line parsed(String line, NdjsonLines lines) {
        try {
            return MutationJson.line(line);
        } catch (Problem refused) {
            throw refused.atLine(lines.number());
        }
    }

    private static List<byte[]> lines(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at < body.length && body[at] != '\n') continue;
            lines.add(Arrays.copyOfRange(body, from, at));
            from = at + 1;
        }
        return lines;
    }

    /** A body that arrives a few bytes at a time. */
    private static final class Pieces extends InputStream {
        private final ByteArrayInputStream in;
        private final int bytes;

        Pieces(byte[] body, int bytes) {
            this.in = new ByteArrayInputStream(body);
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            return in.read(buffer, from, Math.min(length, bytes));
        }
    }

    @OnBrokenSeeds
    void linesOfBrokenSeedsAreAsTheyAreAlone() {
        SeedCorpus.of(getClass()).eachBroken(this::linesBeforeABrokenOneAreAsTheyAreAlone);
    }
}
