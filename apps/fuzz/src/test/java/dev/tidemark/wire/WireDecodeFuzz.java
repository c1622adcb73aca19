package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import dev.tidemark.model.Op.Unknown;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a topic are refused by an {@link UndecodableException} and nothing else, or are a value whose bytes are that value again.
 * Every decoder gets every input: the schema id in it says whose it is.
 */
class WireDecodeFuzz {
    private static final Set<String> REASON_CODES = Stream.of(UndecodableException.class.getFields())
            .map(WireDecodeFuzz::text)
            .collect(Collectors.toUnmodifiableSet());

    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());

    @FuzzTest
    void whatIsDecodedIsTheSameWhenEncodedAgain(byte[] input) {
        batch(input);
        sameAgain(input, codec::decodeMeta, codec::encodeMeta);
        sameAgain(input, codec::decodeOutcome, codec::encodeOutcome);
        sameAgain(input, codec::decodeTargetEvent, codec::encodeTargetEvent);
        sameAgain(input, codec::decodeCommand, codec::encodeCommand);
        sameAgain(input, codec::decodeState, codec::encodeState);
        sameAgain(input, codec::decodeEvent, codec::encodeEvent);
    }

    /** An op that makes no sense is a value too, of which there are no bytes: nobody can mean to send it. */
    private void batch(byte[] input) {
        var batch = decoded(input, codec::decodeBatch);
        if (batch == null) return;
        boolean hasUnknown = batch.mutations().stream()
                .flatMap(mutation -> mutation.ops().stream())
                .anyMatch(Unknown.class::isInstance);
        if (!hasUnknown) assertThat(codec.decodeBatch(codec.encodeBatch(batch))).isEqualTo(batch);
    }

    private static <T> void sameAgain(byte[] input, Function<byte[], T> decode, Function<T, byte[]> encode) {
        T value = decoded(input, decode);
        if (value != null) assertThat(decode.apply(encode.apply(value))).isEqualTo(value);
    }

    private static <T> @Nullable T decoded(byte[] input, Function<byte[], T> decode) {
        try {
            return decode.apply(input);
        } catch (UndecodableException refused) {
            assertThat(REASON_CODES).contains(refused.reasonCode());
            return null;
        }
    }

    private static String text(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @OnBrokenSeeds
    void whatIsDecodedOfBrokenSeedsIsTheSameWhenEncodedAgain() {
        SeedCorpus.of(getClass()).eachBroken(this::whatIsDecodedIsTheSameWhenEncodedAgain);
    }
}
