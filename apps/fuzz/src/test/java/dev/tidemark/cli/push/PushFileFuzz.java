package dev.tidemark.cli.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.fuzz.JsonTree;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A push file is refused at a line by a {@link CommandFailure}, or each line is sent as it stands, but for the project, which is taken
 * out, and the replica, which is put in.
 */
class PushFileFuzz {
    @FuzzTest
    void aLineIsRefusedOrSentAsItStands(byte[] input) {
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

    private static void sentAsItStands(MutationLine line, byte[] original) {
        Optional<JsonNode> before = strict(original).flatMap(JsonTree::of);
        if (before.isEmpty()) return; // no UTF-8, say, or two members of one name: the server refuses such a line
        ObjectNode expected = before.get().deepCopy();
        expected.remove("project");
        if (!expected.has("replica")) expected.put("replica", "r");
        assertThat(strict(line.bytes()).flatMap(JsonTree::of)).contains(expected);
        assertThat(line.localSeq()).isEqualTo(expected.path("local_seq").longValue());
    }

    private static Optional<String> strict(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @OnBrokenSeeds
    void aLineOfABrokenSeedIsRefusedOrSentAsItStands() {
        SeedCorpus.of(getClass()).eachBroken(this::aLineIsRefusedOrSentAsItStands);
    }
}
