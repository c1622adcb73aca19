package dev.tidemark.postgres.apply;

import java.util.List;
import java.util.Locale;

/**
 * One step, done whole or not at all.
 *
 * @param subject what it is done to
 * @param sql run in one transaction
 */
public record Change(Action action, String subject, List<String> sql) {
    public Change {
        sql = List.copyOf(sql);
    }

    /** What is done. */
    public enum Action {
        CREATE,
        REPLACE,
        DROP,
        /** It is gone already; the registry learns of it. */
        FORGET,
        RECORD;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return action.word() + " " + subject;
    }
}
