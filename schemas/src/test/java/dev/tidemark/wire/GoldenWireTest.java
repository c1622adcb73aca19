package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Golden;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in topics today stays readable, and what is written today is what was written yesterday. */
class GoldenWireTest {
    private static final int BYTES_A_LINE = 32;
    private static final EmbeddedSchemas SCHEMAS = new EmbeddedSchemas();
    private static final WireCodec CODEC = new WireCodec(SCHEMAS);

    /**
     * One golden file.
     *
     * @param file record, schema version, variant
     */
    private record Case(String file, Object model, byte[] bytes, Function<byte[], Object> decode) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("MutationBatch-1", Samples.batch(), CODEC.encodeBatch(Samples.batch()), CODEC::decodeBatch),
                new Case(
                        "EntityChange-1",
                        Samples.change(),
                        CODEC.encodeChange(Samples.change()),
                        bytes -> CODEC.decodeChange(Samples.ENTITY, Samples.meta(), bytes)),
                new Case("RecordMeta-1", Samples.meta(), CODEC.encodeMeta(Samples.meta()), CODEC::decodeMeta),
                new Case(
                        "RecordMeta-1-delete",
                        Samples.deleteMeta(),
                        CODEC.encodeMeta(Samples.deleteMeta()),
                        CODEC::decodeMeta),
                new Case(
                        "BatchOutcome-1",
                        Samples.outcome(),
                        CODEC.encodeOutcome(Samples.outcome()),
                        CODEC::decodeOutcome),
                new Case(
                        "BatchOutcome-1-refused",
                        Samples.refused(),
                        CODEC.encodeOutcome(Samples.refused()),
                        CODEC::decodeOutcome),
                new Case(
                        "TargetEvent-1",
                        Samples.targetEvent(),
                        CODEC.encodeTargetEvent(Samples.targetEvent()),
                        CODEC::decodeTargetEvent),
                new Case(
                        "ControlCommand-1",
                        Samples.command(),
                        CODEC.encodeCommand(Samples.command()),
                        CODEC::decodeCommand),
                new Case("ControlState-1", Samples.state(), CODEC.encodeState(Samples.state()), CODEC::decodeState),
                new Case("LifecycleEvent-1", Samples.event(), CODEC.encodeEvent(Samples.event()), CODEC::decodeEvent));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesTheGoldenBytes(Case golden) {
        Golden.check(path(golden), hex(golden.bytes()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheGoldenBytes(Case golden) {
        byte[] bytes = HexFormat.of().parseHex(Golden.read(path(golden)).replace("\n", ""));

        assertThat(golden.decode().apply(bytes)).isEqualTo(golden.model());
    }

    @Test
    void hasBytesOfEverySchemaVersion() {
        List<String> files = cases().map(Case::file).toList();

        assertThat(SCHEMAS.subjects().stream()
                        .flatMap(subject -> SCHEMAS.versions(subject).stream()
                                .map(version ->
                                        SCHEMAS.version(subject, version).orElseThrow())))
                .allSatisfy(
                        version -> assertThat(files).contains(version.schema().getName() + "-" + version.version()));
    }

    private static String path(Case golden) {
        return "wire/" + golden.file() + ".hex";
    }

    private static String hex(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        int width = 2 * BYTES_A_LINE;
        return Stream.iterate(0, at -> at < hex.length(), at -> at + width)
                .map(at -> hex.substring(at, Math.min(hex.length(), at + width)) + "\n")
                .collect(Collectors.joining());
    }
}
