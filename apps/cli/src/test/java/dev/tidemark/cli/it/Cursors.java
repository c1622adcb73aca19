package dev.tidemark.cli.it;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;

/** Tokens that no server gave out. */
final class Cursors {
    private Cursors() {}

    static String atSeq(String token, long seq) {
        Cursor cursor = CursorToken.decode(token);
        return CursorToken.encode(new Cursor(
                cursor.project(),
                cursor.epoch(),
                new CloudSeq(seq),
                cursor.ordinal(),
                cursor.complete(),
                cursor.floor(),
                cursor.filterHash()));
    }

    static String ofAnotherEpoch(String token) {
        Cursor cursor = CursorToken.decode(token);
        return CursorToken.encode(new Cursor(
                cursor.project(),
                new Epoch(cursor.epoch().bits() + 1),
                cursor.seq(),
                cursor.ordinal(),
                cursor.complete(),
                cursor.floor(),
                cursor.filterHash()));
    }

    static String damaged(String token) {
        int middle = token.length() / 2;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }

    static long seqOf(String token) {
        return CursorToken.decode(token).seq().value();
    }

    static long ordinalOf(String token) {
        return CursorToken.decode(token).ordinal().value();
    }
}
