package dev.tidemark.backbone;

import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.RegistryAddress;
import dev.tidemark.wire.RegistrySchemas;
import dev.tidemark.wire.SchemaIds;
import dev.tidemark.wire.WireCodec;
import java.util.Optional;

/** Where the ids of schemas come from. */
final class Codecs {
    private Codecs() {}

    static WireCodec of(BackboneConfig config) {
        return new WireCodec(schemaIds(config, new EmbeddedSchemas()));
    }

    /** @param embedded where no registry is configured */
    static SchemaIds schemaIds(BackboneConfig config, EmbeddedSchemas embedded) {
        Optional<String> url = config.registryUrl();
        return url.isEmpty() ? embedded : new RegistrySchemas(RegistryAddress.of(url.get()));
    }
}
