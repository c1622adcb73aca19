package dev.tidemark.cli.it;

import dev.tidemark.topology.Names;

/** The repair commands against a broker of this process. */
final class Repairs {
    private Repairs() {}

    /** Carries a repair out that must end well. */
    static Cli.Result run(Stack stack, String kind, String... more) {
        for (String application : new String[] {Names.ADMIT_APP, Names.MATERIALIZE_APP}) stack.evict(application);
        String[] arguments = {
            "repair",
            kind,
            "--bootstrap",
            stack.bootstrap(),
            "--yes",
            "--set",
            "replication.factor=1",
            "--set",
            "state.dir=" + stack.stateDir()
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Cli.run(all).expectDone();
    }
}
