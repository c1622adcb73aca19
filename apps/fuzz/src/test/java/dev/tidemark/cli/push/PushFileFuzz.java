package dev.tidemark.cli.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A push file is refused at a line by a {@link CommandFailure}, or each line is sent as it stands, but for the project, which is taken
 * out, and the replica, which is put in.
 */
class PushFileFuzz {
    private static final ObjectMapper SECOND = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    @FuzzTest
    void aLineIsRefusedOrSentAsItStands(byte[] input) throws IOException {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
        try (LineSource source = LineSource.of("input", new ByteArrayInputStream(input))) {
            boolean packed = input.length > 1 && input[0] == 0x1f && input[1] == (byte) 0x8b;
            MutationLines mutations = new MutationLines(source, "p", Optional.of("r"));
            for (MutationLine line = mutations.next(); line != null; line = mutations.next())
                if (!packed) sentAsItStands(line, lines[(int) line.number() - 1].getBytes(StandardCharsets.ISO_8859_1));
        } catch (CommandFailure refused) {
            assertThat(refused).hasMessageContaining("input");
        }
    }

    private static void sentAsItStands(MutationLine line, byte[] original) throws IOException {
        JsonNode before;
        try {
            before = SECOND.readTree(withoutMark(original));
        } catch (IOException duplicate) {
            return; // which of two members of one name counts is not said; the server refuses them
        }
        ObjectNode expected = (ObjectNode) before;
        expected.remove("project");
        if (!expected.has("replica")) expected.put("replica", "r");
        assertThat(SECOND.readTree(new String(line.bytes(), StandardCharsets.UTF_8)))
                .isEqualTo(expected);
        assertThat(line.localSeq()).isEqualTo(before.path("local_seq").longValue());
    }

    private static byte[] withoutMark(byte[] line) {
        boolean marked = line.length > 2 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
        return marked ? Arrays.copyOfRange(line, 3, line.length) : line;
    }

    @OnBrokenSeeds
    void aLineOfABrokenSeedIsRefusedOrSentAsItStands() {
        SeedCorpus.of(getClass()).eachBroken(this::aLineIsRefusedOrSentAsItStands);
    }
}
