package dev.tidemark.backbone.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the server refuses before any route sees it, as problems of the contract: malformed requests, headers too large. */
final class JettyProblems extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object status = request.getAttribute(ERROR_STATUS);
        Object message = request.getAttribute(ERROR_MESSAGE);
        int code = status instanceof Integer number ? number : response.getStatus();
        write(response, Problems.ofStatus(code, detail(code, message)), callback);
        return true;
    }

    private static String detail(int status, @Nullable Object message) {
        if (status >= 500) return "something went wrong in Tidemark; its log says more";
        return message == null ? "the request is not one of HTTP" : "the request is refused: " + message;
    }

    static void write(Response response, Problem problem, Callback callback) {
        byte[] json = Problems.json(problem).toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.length);
        response.write(true, ByteBuffer.wrap(json), callback);
    }
}
