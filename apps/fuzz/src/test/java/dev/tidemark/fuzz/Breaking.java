package dev.tidemark.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs made of seeds: bytes changed, inserted, cut out, repeated, and pieces of other seeds put in. */
final class Breaking {
    static final int INPUT_BYTES_MAX = 4_096;
    private static final int EDITS_MAX = 6;
    private static final int PIECE_BYTES_MAX = 64;
    /** What the formats are made of, and what has been misread before. */
    private static final List<byte[]> TOKENS = List.of(
                    bytes("\"", "{", "}", "[", "]", ":", ",", "'", "\\", "/", "%", "%2F", "\n", "\r", "\0", " ", "\t"),
                    bytes(
                            "-0",
                            "0",
                            "1e400",
                            "1E-400",
                            "9007199254740993",
                            "-1",
                            ".5",
                            "9223372036854775808",
                            "null",
                            "true"),
                    bytes(
                            "\\ud800",
                            "\\udc00",
                            "\\u0000",
                            "\uD83D\uDE00",
                            "\uFFFD",
                            "\uFEFF",
                            "../",
                            "AND",
                            " in ",
                            "eq"),
                    new byte[][] {{(byte) 0xff}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}},
                    new byte[][] {
                        {0, 0, 0, 0}, {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f}, {0x1f, (byte) 0x8b}
                    })
            .stream()
            .flatMap(Arrays::stream)
            .toList();

    private final Random random;
    private final List<byte[]> seeds;

    Breaking(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] input = seed();
        for (int edits = 1 + random.nextInt(EDITS_MAX); edits > 0; edits--) input = edited(input);
        return input.length <= INPUT_BYTES_MAX ? input : Arrays.copyOf(input, INPUT_BYTES_MAX);
    }

    private byte[] edited(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = at + random.nextInt(Math.min(PIECE_BYTES_MAX, input.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> changed(input);
            case 1 -> replaced(input, at, at, new byte[] {(byte) random.nextInt()});
            case 2 -> replaced(input, at, at, TOKENS.get(random.nextInt(TOKENS.size())));
            case 3 -> replaced(input, at, end, TOKENS.get(random.nextInt(TOKENS.size())));
            case 4 -> replaced(input, at, end, new byte[0]);
            case 5 -> replaced(input, at, at, Arrays.copyOfRange(input, at, end));
            default -> replaced(input, at, end, piece());
        };
    }

    private byte[] changed(byte[] input) {
        byte[] changed = input.clone();
        if (changed.length > 0) changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private byte[] piece() {
        byte[] other = seed();
        int from = random.nextInt(other.length + 1);
        int to = from + random.nextInt(Math.min(PIECE_BYTES_MAX, other.length - from) + 1);
        return Arrays.copyOfRange(other, from, to);
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] instead) {
        byte[] result = new byte[input.length - (to - from) + instead.length];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(instead, 0, result, from, instead.length);
        System.arraycopy(input, to, result, from + instead.length, input.length - to);
        return result;
    }

    private static byte[][] bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}
