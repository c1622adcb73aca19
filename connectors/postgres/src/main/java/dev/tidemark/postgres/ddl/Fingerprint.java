package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.Sha256;

/** How an object looks in the catalogue, in one line: the same for what is wanted and what is found. */
public final class Fingerprint {
    /** Of what has nothing to look at but that it is there. */
    public static final String THERE = "there";

    private static final String ALWAYS = "A";

    private Fingerprint() {}

    /** @param settings what the function sets, as {@code pg_proc.proconfig} has it, joined by commas */
    public static String function(String body, boolean definer, String settings) {
        return Sha256.hex(body) + (definer ? " definer " : " invoker ") + settings.replace("\"", "");
    }

    /** @param type bits of {@code pg_trigger.tgtype} @param enabled {@code pg_trigger.tgenabled} */
    public static String trigger(int type, String enabled, String function) {
        return type + " " + enabled + " " + function;
    }

    static String trigger(TriggerEvents events, String function) {
        return trigger(events.type(), ALWAYS, function);
    }
}
