package dev.tidemark.cli;

import java.util.function.Supplier;

/** What a long command says on stderr when it is interrupted; silent when it ends by itself. */
public final class Farewell implements AutoCloseable {
    private final Thread hook;

    private Farewell(Thread hook) {
        this.hook = hook;
    }

    public static Farewell onInterrupt(Surroundings surroundings, Supplier<String> text) {
        Thread hook = new Thread(() -> surroundings.err().println("\n" + text.get()), "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Farewell(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: it is being said
        }
    }
}
