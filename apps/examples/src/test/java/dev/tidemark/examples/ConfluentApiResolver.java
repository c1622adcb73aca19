package dev.tidemark.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.apicurio.registry.resolver.ParsedSchema;
import io.apicurio.registry.resolver.ParsedSchemaImpl;
import io.apicurio.registry.resolver.SchemaLookupResult;
import io.apicurio.registry.resolver.SchemaParser;
import io.apicurio.registry.resolver.SchemaResolver;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.data.Record;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.resolver.strategy.ArtifactReferenceResolverStrategy;
import io.apicurio.registry.serde.data.SerdeMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where Apicurio's serde finds schemas in a registry with the Confluent API: named by {@code apicurio.registry.schema-resolver}. Has no
 * state but its cache, and is all that a user has to copy.
 *
 * @param <S> parsed schema
 * @param <T> data
 */
public final class ConfluentApiResolver<S, T> implements SchemaResolver<S, T> {
    private final Map<Long, SchemaLookupResult<S>> byId = new ConcurrentHashMap<>();
    private final Map<String, Long> ids = new ConcurrentHashMap<>();
    private String registry = "";
    private SchemaParser<S, T> parser;

    @Override
    public void configure(Map<String, ?> configs, SchemaParser<S, T> schemaParser) {
        registry = configs.get("apicurio.registry.url").toString();
        parser = schemaParser;
    }

    @Override
    public SchemaLookupResult<S> resolveSchema(Record<T> data) {
        String subject = ((SerdeMetadata) data.metadata()).getTopic() + "-value";
        ParsedSchema<S> schema = parser.getSchemaFromData(data, true);
        String text = new String(schema.getRawSchema(), StandardCharsets.UTF_8);
        long id = ids.computeIfAbsent(subject + ' ' + text, key -> idOf(subject, text));
        return byId.computeIfAbsent(id, key -> result(id, schema));
    }

    @Override
    public SchemaLookupResult<S> resolveSchemaByArtifactReference(ArtifactReference reference) {
        return byId.computeIfAbsent(reference.getContentId(), id -> result(id, fetched(id)));
    }

    private long idOf(String subject, String schema) {
        JsonNode found =
                Http.postSchema(registry + "/subjects/" + subject, schema).ok();
        return found.path("id").asLong();
    }

    private ParsedSchema<S> fetched(long id) {
        JsonNode found = Http.get(registry + "/schemas/ids/" + id).ok();
        byte[] text = found.path("schema").asText().getBytes(StandardCharsets.UTF_8);
        return new ParsedSchemaImpl<S>().setRawSchema(text).setParsedSchema(parser.parseSchema(text, Map.of()));
    }

    private static <S> SchemaLookupResult<S> result(long id, ParsedSchema<S> schema) {
        return SchemaLookupResult.<S>builder()
                .contentId(id)
                .globalId(id)
                .parsedSchema(schema)
                .build();
    }

    @Override
    public SchemaParser<S, T> getSchemaParser() {
        return parser;
    }

    @Override
    public void setClientFacade(RegistryClientFacade clientFacade) {
        // the Confluent API is asked instead
    }

    @Override
    public void setArtifactResolverStrategy(ArtifactReferenceResolverStrategy<S, T> strategy) {
        // subjects are named after topics
    }

    @Override
    public void reset() {
        byId.clear();
        ids.clear();
    }

    @Override
    public void close() {
        reset();
    }
}
