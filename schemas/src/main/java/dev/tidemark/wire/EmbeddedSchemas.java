package dev.tidemark.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas of this module under ids that never change, from the resource {@code catalogue.txt}: works without any
 * registry, and is what a read-only registry serves. Immutable.
 */
public final class EmbeddedSchemas implements SchemaIds {
    private static final String CATALOGUE = "catalogue.txt";

    private final Map<Integer, Version> byId;
    private final Map<String, List<Version>> bySubject;

    /**
     * One version of a subject.
     *
     * @param version from 1, dense per subject
     * @param text as in the repository
     */
    public record Version(int id, String subject, int version, String text, Schema schema) {}

    public EmbeddedSchemas() {
        this(SchemaFiles.text(CATALOGUE));
    }

    /** @param catalogue lines of id, subject, version, file */
    EmbeddedSchemas(String catalogue) {
        List<Version> versions = catalogue
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(EmbeddedSchemas::read)
                .toList();
        byId = versions.stream().collect(Collectors.toUnmodifiableMap(Version::id, version -> version));
        bySubject = versions.stream()
                .collect(Collectors.groupingBy(Version::subject, TreeMap::new, Collectors.toUnmodifiableList()));
        bySubject.values().forEach(EmbeddedSchemas::checkDense);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return find(subject, schema)
                .orElseThrow(() -> new IllegalArgumentException("no such schema in subject " + subject))
                .id();
    }

    @Override
    public Schema byId(int id) {
        Version version = byId.get(id);
        if (version == null)
            throw new UndecodableException(UndecodableException.UNKNOWN_SCHEMA_ID, "no schema has the id " + id);
        return version.schema();
    }

    /** In alphabetical order. */
    public List<String> subjects() {
        return List.copyOf(bySubject.keySet());
    }

    /** Version numbers in order; empty if there is no such subject. */
    public List<Integer> versions(String subject) {
        return all(subject).stream().map(Version::version).toList();
    }

    public Optional<Version> version(String subject, int version) {
        return all(subject).stream().filter(v -> v.version() == version).findFirst();
    }

    public Optional<Version> latest(String subject) {
        List<Version> versions = all(subject);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    public Optional<Version> version(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The version of the subject that is this schema, whatever its white space, docs and properties. */
    public Optional<Version> find(String subject, String schemaText) {
        try {
            return find(subject, SchemaFiles.parse(schemaText));
        } catch (AvroRuntimeException notAvro) {
            return Optional.empty();
        }
    }

    /** Id of a schema that is one of ours for the subject; there is no other way to register one. */
    public OptionalInt register(String subject, String schemaText) {
        return find(subject, schemaText).map(v -> OptionalInt.of(v.id())).orElseGet(OptionalInt::empty);
    }

    private Optional<Version> find(String subject, Schema schema) {
        String form = SchemaNormalization.toParsingForm(schema);
        return all(subject).stream()
                .filter(v -> SchemaNormalization.toParsingForm(v.schema()).equals(form))
                .reduce((older, newer) -> newer);
    }

    private List<Version> all(String subject) {
        return Objects.requireNonNullElse(bySubject.get(subject), List.of());
    }

    private static Version read(String line) {
        String[] words = line.trim().split("\\s+");
        if (words.length != 4) throw new IllegalStateException("not id, subject, version, file: " + line);
        String text = SchemaFiles.text(words[3]);
        return new Version(
                Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2]), text, SchemaFiles.parse(text));
    }

    private static void checkDense(List<Version> versions) {
        for (int i = 0; i < versions.size(); i++)
            if (versions.get(i).version() != i + 1)
                throw new IllegalStateException(
                        "versions of " + versions.get(i).subject() + " are not 1, 2, 3 ... in this order");
    }
}
