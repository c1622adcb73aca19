package dev.tidemark.bench.place;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process of several that are killed, paused and started again: the same command on the same directory each time. */
public final class Node implements AutoCloseable {
    private final String name;
    private final Path home;
    private final List<String> command;
    private @Nullable Child child;

    private Node(String name, Path home, List<String> command) {
        this.name = name;
        this.home = home;
        this.command = List.copyOf(command);
    }

    /** A command of {@code tidemark}, by the launcher as a user does it. */
    public static Node tidemark(String name, Path home, List<String> arguments) {
        return new Node(name, home, Launch.tidemark(arguments));
    }

    /** Another main class of this program. */
    public static Node java(String name, Path home, String main, List<String> arguments) {
        List<String> command = new ArrayList<>(Launch.java(main));
        command.addAll(arguments);
        return new Node(name, home, command);
    }

    public String name() {
        return name;
    }

    /** Does not wait until it is ready. */
    public void launch() {
        child = Child.start(home, command);
    }

    public void awaitReady() {
        child().awaitReady();
    }

    /** {@code kill -9}. */
    public void kill() {
        child().kill();
    }

    public void freeze() {
        child().freeze();
    }

    public void thaw() {
        child().thaw();
    }

    private Child child() {
        if (child == null) throw new IllegalStateException(name + " is not started");
        return child;
    }

    /** {@code kill -9} too: whoever has been killed all the time needs no farewell. */
    @Override
    public void close() {
        if (child != null) child.kill();
    }
}
