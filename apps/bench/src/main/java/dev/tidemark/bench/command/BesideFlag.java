package dev.tidemark.bench.command;

import dev.tidemark.bench.pipeline.Bare;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which bare topologies run beside Tidemark. */
final class BesideFlag {
    private static final String NONE = "none";

    @Option(
            names = "--beside",
            split = ",",
            paramLabel = "NAME,…",
            converter = Named.class,
            description = "bare topologies to compare with: pass-through, one-store, or none (default all that fit)")
    private List<Optional<Bare>> given =
            Arrays.stream(Bare.values()).map(Optional::of).toList();

    /** In the order in which they are shown. */
    List<Bare> bares() {
        return Arrays.stream(Bare.values()).filter(this::has).toList();
    }

    boolean has(Bare bare) {
        return given.contains(Optional.of(bare));
    }

    private static final class Named implements ITypeConverter<Optional<Bare>> {
        @Override
        public Optional<Bare> convert(String text) {
            if (text.equals(NONE)) return Optional.empty();
            for (Bare bare : Bare.values())
                if (bare.label().equals(text.toLowerCase(Locale.ROOT))) return Optional.of(bare);
            throw new TypeConversionException(text + " is neither pass-through, nor one-store, nor none");
        }
    }
}
