package dev.tidemark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.UsageFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One Tidemark server. Every request has a bound in time; every failure is one of {@link NobodyThere},
 * {@link ConnectionLost} and {@link ServerProblem}. Nothing is retried here: who asks knows whether it may ask again.
 */
public final class ServerClient {
    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";

    private static final int NO_CONTENT = 204;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(2);

    private final URI base;
    private final HttpClient http;

    private ServerClient(URI base, HttpClient http) {
        this.base = base;
        this.http = http;
    }

    /** @throws UsageFailure if the text is not an http or https address */
    public static ServerClient at(String address) {
        URI base = base(address);
        return new ServerClient(
                base,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build());
    }

    public URI base() {
        return base;
    }

    /** @throws CommandFailure unless the answer is a success, and JSON of some form */
    public Answer get(Resource resource) {
        return json(successful(send(request(resource).GET().build())));
    }

    public JsonNode getJson(Resource resource) {
        return get(resource).json();
    }

    /** The answer whatever its status. */
    public Answer ask(Resource resource) {
        return send(request(resource).GET().build());
    }

    public Answer post(Resource resource, String contentType, byte[] body) {
        return withBody("POST", resource, contentType, body);
    }

    public Answer put(Resource resource, byte[] json) {
        return withBody("PUT", resource, JSON, json);
    }

    /** @throws CommandFailure unless the answer says that it is done, which it does without a body */
    public void delete(Resource resource) {
        Answer answer = successful(
                send(request(resource).header("Content-Type", JSON).DELETE().build()));
        if (answer.status() != NO_CONTENT) throw answer.stranger();
    }

    private Answer withBody(String method, Resource resource, String contentType, byte[] body) {
        BodyPublisher publisher = BodyPublishers.ofByteArray(body);
        return json(successful(send(request(resource)
                .header("Content-Type", contentType)
                .method(method, publisher)
                .build())));
    }

    private HttpRequest.Builder request(Resource resource) {
        return HttpRequest.newBuilder(resource.under(base));
    }

    private static Answer successful(Answer answer) {
        if (!answer.isSuccess()) throw answer.problem();
        return answer;
    }

    private static Answer json(Answer answer) {
        if (!answer.isJson()) throw answer.stranger();
        return answer;
    }

    private Answer send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer(sent.get(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new ConnectionLost(base + " did not answer within " + REQUEST_TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private CommandFailure failure(Throwable cause) {
        if (cause instanceof ConnectException || cause.getCause() instanceof UnresolvedAddressException)
            return new NobodyThere(base, cause);
        if (cause instanceof IOException)
            return new ConnectionLost("the connection to " + base + " broke: " + reason(cause), cause);
        return new CommandFailure("the request to " + base + " failed: " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(
                response.uri(),
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("no content type"),
                retryAfter(response),
                response.body());
    }

    /** Seconds, which is what Tidemark sends; a date is ignored. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        try {
            OptionalLong seconds = response.headers().firstValueAsLong("Retry-After");
            return seconds.isPresent() && seconds.getAsLong() >= 0
                    ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static URI base(String address) {
        String trimmed = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        try {
            URI uri = URI.create(trimmed);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) return uri;
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UsageFailure("'" + address + "' is not the address of a server; give one like http://127.0.0.1:7070");
    }
}
