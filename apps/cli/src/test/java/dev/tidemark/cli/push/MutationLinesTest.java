package dev.tidemark.cli.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutationLinesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"project":"p","replica":"r","local_seq":1}           | {"replica":"r","local_seq":1}
            {"replica":"r","project":"p","local_seq":1}           | {"replica":"r","local_seq":1}
            {"replica":"r","local_seq":1,"project":"p"}           | {"replica":"r","local_seq":1}
            { "replica" : "r" , "local_seq" : 1 , "project" : "p" } | { "replica" : "r" , "local_seq" : 1 }
            { "project" : "p" , "replica" : "r" , "local_seq" : 1 } | {  "replica" : "r" , "local_seq" : 1 }
            {"replica":"r","pro\\u006aect":"p","local_seq":1}     | {"replica":"r","local_seq":1}
            {"local_seq":1}                                       | {"replica":"own","local_seq":1}
            {"project":"p","local_seq":1}                         | {"replica":"own","local_seq":1}
            {"replica":"r","local_seq":1,"payload":{"project":"x","replica":7}} | {"replica":"r","local_seq":1,"payload":{"project":"x","replica":7}}
            {"replica":"r","local_seq":1,"payload":{"n":1.10,"é":"€"}} | {"replica":"r","local_seq":1,"payload":{"n":1.10,"é":"€"}}
            """)
    void takesOutTheProjectAndPutsInAMissingReplicaAndLeavesTheRestAsItIs(String line, String sent) {
        assertThat(read(bytes(line))).containsExactly(sent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"project":"q","replica":"r","local_seq":1} | file line 2 is for project 'q', but this push is for 'p'
            {"project":7,"replica":"r","local_seq":1}   | file line 2 is for project '', but this push is for 'p'
            {"replica":"r"}                             | file line 2 has no whole number local_seq
            {"replica":"r","local_seq":1.5}             | file line 2 has no whole number local_seq
            {"replica":"r","local_seq":99999999999999999999} | file line 2 has no whole number local_seq
            [1]                                         | file line 2 is malformed JSON: not an object
            {"replica":"r","local_seq":1} {}            | file line 2 is malformed JSON: more than one value
            """)
    void namesTheLineThatCannotBeSent(String line, String error) {
        String first = "{\"replica\":\"r\",\"local_seq\":1}\n";
        assertThatThrownBy(() -> read(bytes(first + line)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(error);
    }

    @Test
    void wantsAReplicaFromTheLineOrTheCaller() {
        MutationLines lines = new MutationLines(source(bytes("{\"local_seq\":1}")), "p", Optional.empty());
        assertThatThrownBy(lines::next).hasMessageContaining("line 1 names no replica");
    }

    @Test
    void skipsBlankLinesAndCountsThem() {
        MutationLines lines = new MutationLines(
                source(bytes("\n  \r\n{\"replica\":\"r\",\"local_seq\":1}\r\n\n")), "p", Optional.empty());
        assertThat(lines.next().number()).isEqualTo(3);
        assertThat(lines.next()).isNull();
    }

    @Test
    void readsGzipByItsFirstBytes() throws IOException {
        assertThat(read(gzip("{\"replica\":\"r\",\"local_seq\":1}\n"))).hasSize(1);
    }

    @Test
    void saysWhereACutOffGzipEnds() throws IOException {
        byte[] whole = gzip("{\"replica\":\"r\",\"local_seq\":1}\n");
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 9)))
                .hasMessageContaining("ends in the middle of its gzip stream");
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(read(bytes("\ufeff{\"project\":\"p\",\"replica\":\"r\",\"local_seq\":1}")))
                .containsExactly("{\"replica\":\"r\",\"local_seq\":1}");
    }

    @Test
    void refusesALineInUtf16BeforeAnythingIsCutOutOfIt() {
        String line = "{\"project\":\"p\",\"local_seq\":1}";
        assertThatThrownBy(() -> read(line.getBytes(StandardCharsets.UTF_16BE)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("file line 1 is malformed JSON");
    }

    @Test
    void refusesAByteOrderMarkBeforeAnyOtherLineThanTheFirst() {
        String line = "{\"replica\":\"r\",\"local_seq\":1}";
        assertThatThrownBy(() -> read(bytes(line + "\n\ufeff" + line)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("file line 2 is malformed JSON");
    }

    @Test
    void readsLinesLongerThanItsBuffer() {
        String line = "{\"replica\":\"r\",\"local_seq\":1,\"payload\":{\"t\":\"" + "x".repeat(200_000) + "\"}}";
        assertThat(read(bytes(line + "\n" + line))).containsExactly(line, line);
    }

    @Test
    void findsNothingInAnEmptySource() {
        assertThat(read(new byte[0])).isEmpty();
    }

    private static List<String> read(byte[] bytes) {
        MutationLines lines = new MutationLines(source(bytes), "p", Optional.of("own"));
        List<String> sent = new ArrayList<>();
        for (MutationLine line = lines.next(); line != null; line = lines.next())
            sent.add(new String(line.bytes(), StandardCharsets.UTF_8));
        return sent;
    }

    private static LineSource source(byte[] bytes) {
        return LineSource.of("file", new ByteArrayInputStream(bytes));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }
}
