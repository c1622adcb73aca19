package dev.tidemark.cli.push;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Mutations of one request, in their order. */
record PushBatch(List<MutationLine> lines) {
    PushBatch {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) throw new IllegalArgumentException("a request carries at least one mutation");
    }

    int size() {
        return lines.size();
    }

    MutationLine first() {
        return lines.get(0);
    }

    MutationLine last() {
        return lines.get(lines.size() - 1);
    }

    byte[] body() {
        int bytes = 0;
        for (MutationLine line : lines) bytes += line.bytes().length + 1;
        ByteArrayOutputStream body = new ByteArrayOutputStream(bytes);
        for (MutationLine line : lines) {
            body.writeBytes(line.bytes());
            body.write('\n');
        }
        return body.toByteArray();
    }

    /** What is left when the oldest {@code count} are decided. */
    PushBatch after(int count) {
        return new PushBatch(lines.subList(count, size()));
    }

    /** Where the batch lies, for a person: {@code line 7} or {@code lines 7 to 12}. */
    String place() {
        if (size() == 1) return "line " + first().number();
        return "lines " + first().number() + " to " + last().number();
    }
}
