package dev.tidemark.backbone;

import java.net.URI;
import java.util.Optional;

/** Placeholder until the backbone is merged: starts nothing. */
public final class Backbone implements AutoCloseable {
    private final URI address;

    private Backbone(URI address) {
        this.address = address;
    }

    public static Backbone start(BackboneConfig config) throws BackboneRefusal {
        return new Backbone(
                URI.create("http://127.0.0.1:" + config.properties().getOrDefault("http.port", "7070")));
    }

    public URI address() {
        return address;
    }

    public boolean isReady() {
        return true;
    }

    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
