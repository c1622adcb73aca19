package dev.tidemark.postgres.ddl;

/** When a trigger fires; {@code type} is what the catalogue shows of it ({@code TRIGGER_TYPE_*} in PostgreSQL's trigger.h). */
enum TriggerEvents {
    ANY_CHANGE("AFTER INSERT OR UPDATE OR DELETE", "FOR EACH ROW", 1 + 4 + 8 + 16),
    INSERT_AND_UPDATE("AFTER INSERT OR UPDATE", "FOR EACH ROW", 1 + 4 + 16),
    TRUNCATE("BEFORE TRUNCATE", "FOR EACH STATEMENT", 2 + 32);

    private final String events;
    private final String level;
    private final int type;

    TriggerEvents(String events, String level, int type) {
        this.events = events;
        this.level = level;
        this.type = type;
    }

    int type() {
        return type;
    }

    String on(String table) {
        return events + " ON " + table + " " + level;
    }
}
