package dev.tidemark.cli.embedded;

import dev.tidemark.backbone.gateway.LoopbackRules;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * Part of the worker's HTTP, named in its properties: who can create connectors can write files, so a page in a browser
 * must not reach it, by the same rules as the gateway's.
 */
public final class LocalCallersOnly implements ConnectRestExtension, ContainerRequestFilter {
    @Override
    public void register(ConnectRestExtensionContext context) {
        context.configurable().register(this);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!LoopbackRules.mayCall(request::getHeaderString))
            request.abortWith(Response.status(Response.Status.FORBIDDEN).build());
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}

    @Override
    public String version() {
        return AppInfoParser.getVersion();
    }
}
