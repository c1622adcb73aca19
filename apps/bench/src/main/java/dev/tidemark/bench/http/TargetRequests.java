package dev.tidemark.bench.http;

import java.nio.charset.StandardCharsets;

/** One request for each of a number of targets, in order. */
public final class TargetRequests implements Requests {
    private final String host;
    private final String project;
    private final int targets;
    private final String method;
    private final String rest;
    private final String body;
    private int next;

    private TargetRequests(String host, String project, int targets, String method, String rest, String body) {
        this.host = host;
        this.project = project;
        this.targets = targets;
        this.method = method;
        this.rest = rest;
        this.body = body;
    }

    /** Makes each. */
    public static TargetRequests create(String host, String project, int targets) {
        return new TargetRequests(host, project, targets, "PUT", "", "{}");
    }

    /** Each acknowledges that it has read up to there. */
    public static TargetRequests ack(String host, String project, int targets, String cursor) {
        return new TargetRequests(host, project, targets, "POST", "/ack", "{\"cursor\":\"" + cursor + "\"}");
    }

    @Override
    public boolean hasNext() {
        return next < targets;
    }

    @Override
    public byte[] next(int connection) {
        String head = method + " /v1/projects/" + project + "/targets/target-" + next++ + rest + " HTTP/1.1\r\nHost: "
                + host + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
