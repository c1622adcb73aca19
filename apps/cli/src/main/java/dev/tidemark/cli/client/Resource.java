package dev.tidemark.cli.client;

import dev.tidemark.cli.UsageFailure;
import dev.tidemark.model.Names;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Path and query of a request, escaped. */
public final class Resource {
    private final StringBuilder text;
    private char separator = '?';

    private Resource(String path) {
        text = new StringBuilder(path);
    }

    /** @param path of constant parts, with its leading slash */
    public static Resource of(String path) {
        return new Resource(path);
    }

    /** @throws UsageFailure if that cannot be the name of a project */
    public static Resource ofProject(String project) {
        return of("/v1/projects").name(project);
    }

    /**
     * Appends a name as one part of the path.
     *
     * @throws UsageFailure if it breaks the rules of names
     */
    public Resource name(String name) {
        if (!Names.isName(name))
            throw new UsageFailure(
                    "'" + name + "' is not a name: 1 to 128 of letters, digits, '.', '_', '-', with no leading dot");
        text.append('/').append(name);
        return this;
    }

    /** Appends a constant part of the path. */
    public Resource part(String part) {
        text.append('/').append(part);
        return this;
    }

    public Resource with(String parameter, String value) {
        text.append(separator).append(parameter).append('=').append(escaped(value));
        separator = '&';
        return this;
    }

    public Resource with(String parameter, long value) {
        return with(parameter, Long.toString(value));
    }

    URI under(URI base) {
        return URI.create(base + text.toString());
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
