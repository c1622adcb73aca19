package dev.tidemark.examples;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One backbone for all classes of a run, started by the first that asks and stopped at the end. Each test has its own project. */
final class SharedTidemark implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningTidemark.class;
    }

    @Override
    public RunningTidemark resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedTidemark.class))
                .getOrComputeIfAbsent("tidemark", key -> started(), RunningTidemark.class);
    }

    private static RunningTidemark started() {
        try {
            return RunningTidemark.embedded();
        } catch (Exception e) {
            throw new AssertionError("no backbone to test with", e);
        }
    }
}
